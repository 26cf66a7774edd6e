package atm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OperatorsTest {
  @TempDir Path data;
  private Keys keys;
  private Operators operators;

  @BeforeEach
  void makeKeys() {
    keys = Keys.ceremony(data, new PrintStream(OutputStream.nullOutputStream()));
    operators = new Operators(data, keys);
  }

  @Test
  void anOperatorIsKnownByName() {
    operators.add("paula", "correct horse".getBytes(UTF_8));

    assertThat(operators.knows("paula", "correct horse".getBytes(UTF_8))).isTrue();
    assertThat(operators.knows("paula", "correct horsf".getBytes(UTF_8))).isFalse();
    assertThat(operators.knows("paul", "correct horse".getBytes(UTF_8))).isFalse();
    assertThat(operators.knows("paula", new byte[0])).isFalse();
    assertThat(new Operators(data, keys).names()).containsExactly("paula");
  }

  @Test
  void aNewPasswordReplacesTheOld() {
    operators.add("paula", "correct horse".getBytes(UTF_8));
    operators.add("paula", "battery staple".getBytes(UTF_8));

    assertThat(operators.knows("paula", "correct horse".getBytes(UTF_8))).isFalse();
    assertThat(operators.knows("paula", "battery staple".getBytes(UTF_8))).isTrue();
  }

  @Test
  void whoIsRemovedIsUnknown() {
    operators.add("paula", "correct horse".getBytes(UTF_8));

    assertThat(operators.remove("paula")).isTrue();
    assertThat(operators.remove("paula")).isFalse();
    assertThat(operators.knows("paula", "correct horse".getBytes(UTF_8))).isFalse();
  }

  @Test
  void oneOperatorsLineProvesNothingForAnother() throws Exception {
    operators.add("paula", "correct horse".getBytes(UTF_8));
    Path file = data.resolve(Operators.FILE);
    Files.writeString(file, Files.readString(file).replace("paula", "pavel"));

    assertThat(operators.knows("pavel", "correct horse".getBytes(UTF_8))).isFalse();
  }

  @Test
  void theFileIsForItsOwnerAlone() throws Exception {
    operators.add("paula", "correct horse".getBytes(UTF_8));

    Path file = data.resolve(Operators.FILE);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(Files.readString(file)).doesNotContain("horse");
  }

  @Test
  void aDamagedFileIsToldByItsLine() throws Exception {
    Files.writeString(data.resolve(Operators.FILE), "paula 1234\n");

    assertThatThrownBy(operators::names)
        .isInstanceOf(Keys.KeyFileException.class)
        .hasMessageContaining("operators:1 is damaged");
  }
}
