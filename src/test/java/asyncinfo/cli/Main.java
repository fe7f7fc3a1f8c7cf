package asyncinfo.cli;

import asyncinfo.drift.AdoptCommand;
import asyncinfo.drift.PageDrift;
import asyncinfo.drift.SdkDrift;
import asyncinfo.ratelimit.ClassifyLogCommand;
import asyncinfo.ratelimit.ConfusionMatrix;
import asyncinfo.report.ClauseList;
import asyncinfo.stub.Benchmark;
import asyncinfo.stub.StubCommand;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Runs one subcommand of the harness: {@code mvn -q test-compile exec:java -Dexec.args="clauses"}.
 * A subcommand that fails ends the process with 1, wrong arguments end it with 2; both print one
 * line per problem.
 */
@Command(
    name = "mvn -q test-compile exec:java -Dexec.args=",
    synopsisSubcommandLabel = "COMMAND",
    sortOptions = false,
    usageHelpWidth = 100,
    description = "Tools of the conformance harness; `mvn verify` itself judges.%n",
    subcommands = {StubCommand.class, Main.Drift.class, AdoptCommand.class, Main.Limit.class})
public final class Main implements Runnable {
  @Spec private CommandSpec command;

  @SuppressWarnings("UnusedVariable") // Picocli prints the help when it sees the option.
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = CommandLine.ScopeType.INHERIT,
      description = "print this help")
  private boolean help;

  private Main() {}

  /**
   * Runs the subcommand that the arguments name.
   *
   * @param arguments the subcommand and its arguments; {@code --help} lists them
   */
  public static void main(String[] arguments) {
    // Output has the same bytes on every machine.
    Locale.setDefault(Locale.US);
    int code = commandLine().execute(arguments);
    if (code != 0) {
      System.exit(code);
    }
  }

  /** Returns the command line with all subcommands. */
  public static CommandLine commandLine() {
    return new CommandLine(new Main())
        .setExecutionExceptionHandler(Main::failed)
        .setParameterExceptionHandler(Main::misused);
  }

  private static int failed(
      Exception failure, CommandLine commandLine, CommandLine.ParseResult arguments)
      throws Exception {
    if (!(failure instanceof RuntimeException) || failure.getMessage() == null) {
      throw failure;
    }
    commandLine.getErr().println(failure.getMessage());
    return CommandLine.ExitCode.SOFTWARE;
  }

  private static int misused(ParameterException problem, String[] arguments) {
    CommandLine commandLine = problem.getCommandLine();
    commandLine.getErr().println(problem.getMessage() + "; --help lists all options");
    CommandLine.UnmatchedArgumentException.printSuggestions(problem, commandLine.getErr());
    return CommandLine.ExitCode.USAGE;
  }

  @Override
  public void run() {
    throw new ParameterException(command.commandLine(), "no command given");
  }

  @Command(
      name = "clauses",
      description = "Lists every clause with its id, in the order of the pages.")
  void clauses() {
    ClauseList.print(System.out);
  }

  @Command(
      name = "stub-benchmark",
      description = "Measures the stub beside a plain WireMock, and its heap, in three minutes.")
  void stubBenchmark() throws Exception {
    Benchmark.run();
  }

  /** Compares what {@code schemas/} promise with other sources. */
  @Command(
      name = "drift",
      description = "Compares schemas/ with a saved page, or with Tencent's typed Java SDK.")
  static final class Drift implements Runnable {
    @Spec private CommandSpec command;

    @Override
    public void run() {
      throw new ParameterException(command.commandLine(), "drift compares with a page or an sdk");
    }

    @Command(
        name = "page",
        description = "Names each difference between schemas/ and the saved text of a page.")
    void page(@Parameters(paramLabel = "FILE", description = "the page's text") String file) {
      PageDrift.run(file);
    }

    @Command(
        name = "sdk",
        description =
            "Names each difference between schemas/ and the models of Tencent's Java SDK; run it"
                + " with -Dsdk.version=VERSION, such as 3.1.1436 (58 MB).")
    void sdk() {
      SdkDrift.run(System.getProperty("sdk.version", ""));
    }
  }

  /** Judges saved limit logs, and the classifier itself. */
  @Command(name = "limit", description = "Works on rate-limit verdicts without sending anything.")
  static final class Limit implements Runnable {
    @Spec private CommandSpec command;

    @Override
    public void run() {
      throw new ParameterException(command.commandLine(), "limit needs a command");
    }

    @Command(
        name = "classify",
        description =
            "Judges saved logs of limit simulations again, such as target/limit/dts.json.")
    int classify(@Parameters(arity = "1..*", paramLabel = "LOG") String[] files) {
      return ClassifyLogCommand.run(files);
    }

    @Command(
        name = "matrix",
        description = "Simulates each kind of limiter, and counts how often the verdict is right.")
    void matrix(
        @Option(
                names = "--seeds",
                paramLabel = "N",
                defaultValue = "50",
                description = "trials of each kind (default: ${DEFAULT-VALUE})")
            int seeds,
        @Option(
                names = "--workload",
                paramLabel = "standard|extended",
                defaultValue = "standard",
                description = "how much is sent (default: ${DEFAULT-VALUE})")
            String workload,
        @Option(
                names = "--jitter",
                paramLabel = "FACTOR",
                defaultValue = "1",
                description = "times the measured jitter (default: ${DEFAULT-VALUE})")
            double jitter,
        @Option(
                names = "--omit",
                paramLabel = "PROBE",
                defaultValue = "",
                description = "a probe to leave out, to see what the verdict loses without it")
            String omitted,
        @Option(
                names = "--limiter",
                paramLabel = "PART",
                defaultValue = "",
                description = "only limiters whose names contain this")
            String part) {
      ConfusionMatrix.run(seeds, workload, jitter, omitted, part);
    }
  }
}
