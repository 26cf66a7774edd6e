package atm.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What our pages may load: themselves, and the simulator's back door where there is one. The one
/// inline script, each page's import map, is admitted by its hash.
record ContentSecurityPolicy(String header) {
  private static final List<String> PAGES = List.of("index.html", "gallery.html", "operator.html");
  private static final Pattern IMPORT_MAP =
      Pattern.compile("<script type=\"importmap\">(.*?)</script>", Pattern.DOTALL);

  static ContentSecurityPolicy forPages(Optional<String> simulator) {
    List<String> hashes = new ArrayList<>();
    for (String page : PAGES) {
      Matcher map = IMPORT_MAP.matcher(read("/webroot/" + page));
      if (map.find()) hashes.add("'sha256-" + sha256(map.group(1)) + "'");
    }
    return new ContentSecurityPolicy(
        "default-src 'none'; script-src 'self' "
            + String.join(" ", hashes.stream().distinct().toList())
            + "; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'"
            + simulator.map(ContentSecurityPolicy::asSource).orElse("")
            + "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
  }

  private static String asSource(String simulator) {
    String authority = URI.create(simulator).getAuthority();
    return " http://" + authority + " ws://" + authority;
  }

  private static String read(String resource) {
    try (InputStream in = ContentSecurityPolicy.class.getResourceAsStream(resource)) {
      if (in == null) throw new IllegalStateException(resource + " is not in the jar");
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static String sha256(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
