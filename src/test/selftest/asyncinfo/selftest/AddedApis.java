package asyncinfo.selftest;

import asyncinfo.contract.Api;
import asyncinfo.contract.Clause;
import asyncinfo.contract.ClauseKind;
import asyncinfo.contract.Specification;
import asyncinfo.endpoint.ClauseFilter;
import asyncinfo.endpoint.StubEndpoint;
import asyncinfo.stub.Stub;
import asyncinfo.suite.TestRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * APIs that are added to a copy of {@code schemas/} and {@code stubs/}, with the suites and the
 * planted faults about them.
 *
 * @param folder the folder of the copy
 * @param specification the contract of all APIs in it
 * @param apis the added ones
 */
record AddedApis(Path folder, Specification specification, List<Api> apis) {
  private static final List<String> PARTS = List.of("schemas", "stubs");

  /** Adds files to a copy. */
  interface Addition {
    /** Writes below a folder that has {@code schemas/} and {@code stubs/}. */
    void to(Path folder) throws IOException;
  }

  /** Returns APIs beside those of the tree. */
  static AddedApis beside(Path folder, Addition addition) throws IOException {
    return of(folder, file -> true, addition);
  }

  /** Returns the same in a tree without other APIs. */
  static AddedApis alone(Path folder, Addition addition) throws IOException {
    List<Api> others = Specification.load().apis();
    return of(folder, file -> others.stream().noneMatch(api -> isOf(api, file)), addition);
  }

  private static AddedApis of(Path folder, Predicate<Path> included, Addition addition)
      throws IOException {
    List<Api> others = Specification.load().apis();
    LinkedProject.clear(folder);
    for (String part : PARTS) {
      copy(Path.of(part), folder.resolve(part), included);
    }
    addition.to(folder);
    Specification specification = Specification.load(folder.resolve("schemas"));
    return new AddedApis(
        folder,
        specification,
        specification.apis().stream().filter(api -> !others.contains(api)).toList());
  }

  /** Returns the files of a folder as an addition. */
  static Addition filesOf(Path files) {
    return folder -> {
      for (String part : PARTS) {
        copy(files.resolve(part), folder.resolve(part), file -> true);
      }
    };
  }

  private static boolean isOf(Api api, Path file) {
    return file.toString().contains("/" + api.folder() + "/")
        || file.toString().contains("/" + api.id() + "/")
        || file.endsWith(api.id() + ".json");
  }

  private static void copy(Path from, Path to, Predicate<Path> included) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).filter(included).toList()) {
        Path copy = to.resolve(from.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
  }

  Stub.Options stub() {
    return Stub.Options.of(specification).withRoot(folder.resolve("stubs"));
  }

  StubModel model() {
    return StubModel.read(specification, folder.resolve("stubs"));
  }

  /** Runs all suites about some clauses on the stub. */
  SuiteRun run(String name, String clauses, boolean oneFormat) {
    return SuiteRun.against(
        name,
        new TestRun.RunConfiguration(
            specification,
            new StubEndpoint(specification, stub(), new ClauseFilter(clauses)),
            folder.resolve("runs").resolve(name).resolve("suites.jsonl"),
            oneFormat),
        SuiteRun.ALL_SUITES);
  }

  /** Returns the clauses that such a run proves: all but the limit, which is another part's. */
  List<String> provedBySuites(String clauses) {
    return specification.clauses().stream()
        .filter(new ClauseFilter(clauses).and(clause -> clause.kind() != ClauseKind.LIMIT))
        .map(Clause::id)
        .toList();
  }

  /**
   * Returns each n-th of the faults that faults.yaml defines for the added APIs; all of them if
   * {@code selftest.whole} is set.
   */
  List<Fault> faults(int parts) {
    List<Fault> all =
        FaultFile.read(FaultFile.FAULTS, specification, model()).stream()
            .filter(fault -> fault.apis().size() == 1 && apis.containsAll(fault.apis()))
            .filter(fault -> !fault.slow())
            .toList();
    return IntStream.range(0, all.size())
        .filter(i -> FaultCampaign.WHOLE || i % parts == 0)
        .mapToObj(all::get)
        .toList();
  }

  /** Runs the suites about the clauses that a fault must fail, and about the examples. */
  FaultRun run(Fault fault, Stub stub) {
    Predicate<Clause> example = clause -> clause.kind() == ClauseKind.EXAMPLE;
    return FaultRun.of(
        fault,
        example
            .and(clause -> fault.apis().stream().anyMatch(clause::binds))
            .or(clause -> fault.mustFail().contains(clause.id())),
        false,
        specification,
        model(),
        stub);
  }
}
