package atm.driver.pcsc;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import javax.smartcardio.Card;
import javax.smartcardio.CardException;
import javax.smartcardio.CardNotPresentException;
import javax.smartcardio.CardTerminal;

/// A reader with a hand at its slot. Safe from any thread.
final class VirtualTerminal extends CardTerminal {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private VirtualCard card;
  private boolean gone;
  private int hurried;

  /// The next so many waits for a card are over at once.
  void hurry(int waits) {
    lock.lock();
    hurried = waits;
    lock.unlock();
  }

  void insert(VirtualCard inserted) {
    change(inserted, gone);
  }

  void take() {
    change(null, gone);
  }

  void unplug() {
    change(card, true);
  }

  void plug() {
    change(card, false);
  }

  private void change(VirtualCard now, boolean goneNow) {
    lock.lock();
    try {
      card = now;
      gone = goneNow;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  boolean isGone() {
    lock.lock();
    try {
      return gone;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public String getName() {
    return "ACS ACR39U ICC Reader 00 00";
  }

  @Override
  public Card connect(String protocol) throws CardException {
    lock.lock();
    try {
      refuseWhenGone();
      if (card == null) throw new CardNotPresentException("no card");
      return card.powered();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean isCardPresent() throws CardException {
    lock.lock();
    try {
      refuseWhenGone();
      return card != null;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean waitForCardPresent(long timeoutMs) throws CardException {
    return await(true, hurries() ? 0 : timeoutMs);
  }

  @Override
  public boolean waitForCardAbsent(long timeoutMs) throws CardException {
    return await(false, timeoutMs);
  }

  /// Until all of those are over.
  void awaitHurried() {
    lock.lock();
    try {
      while (hurried > 0) changed.awaitUninterruptibly();
    } finally {
      lock.unlock();
    }
  }

  private boolean hurries() {
    lock.lock();
    try {
      if (hurried == 0) return false;
      hurried--;
      changed.signalAll();
      return true;
    } finally {
      lock.unlock();
    }
  }

  private boolean await(boolean there, long timeoutMs) throws CardException {
    lock.lock();
    try {
      long left = TimeUnit.MILLISECONDS.toNanos(timeoutMs);
      while (!gone && (card != null) != there && left > 0) left = changed.awaitNanos(left);
      refuseWhenGone();
      return (card != null) == there;
    } catch (InterruptedException stopped) {
      throw new CardException(stopped);
    } finally {
      lock.unlock();
    }
  }

  private void refuseWhenGone() throws CardException {
    if (gone) {
      throw new CardException("failed", new IllegalStateException("SCARD_E_READER_UNAVAILABLE"));
    }
  }
}
