package asyncinfo.simulation;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Keeps Gatling's own summary off the console, for which it has no option: its report says the
 * same, and the verdict is ours to say. What an assertion has found broken is let through.
 */
final class GatlingConsole {
  private GatlingConsole() {}

  /** From now on, on this thread; to be called where the simulation is made. */
  static void hush() {
    // Gatling prints by Scala's console, which had its stream before any of our classes was loaded.
    scala.Console$.MODULE$.setOutDirect(
        new PrintStream(new Sieve(System.out), true, StandardCharsets.UTF_8));
  }

  /** Lets through the lines that say what was broken. */
  private static final class Sieve extends OutputStream {
    private final PrintStream console;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    Sieve(PrintStream console) {
      this.console = console;
    }

    @Override
    public synchronized void write(int b) throws IOException {
      if (b != '\n') {
        line.write(b);
        return;
      }
      String text = line.toString(StandardCharsets.UTF_8);
      line.reset();
      if (text.contains(" : false (")) {
        console.println(text.strip());
      }
    }
  }
}
