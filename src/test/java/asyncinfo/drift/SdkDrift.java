package asyncinfo.drift;

import static asyncinfo.drift.Differences.count;

import asyncinfo.contract.Api;
import asyncinfo.contract.ContractException;
import asyncinfo.contract.Specification;
import java.io.PrintStream;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Compares the models of Tencent's typed Java SDK with {@code schemas/}. */
public final class SdkDrift {
  private SdkDrift() {}

  /**
   * Prints each difference, and how many there are of each severity.
   *
   * @param version the version of the SDK on the class path
   * @throws DriftException when the SDK knows less, more or something else, or has no models of an
   *     API; the message is one line
   */
  public static void run(String version) {
    try {
      compare("SDK " + version, PageContext.of(Specification.load()), SdkDrift::model, System.out);
    } catch (ContractException e) {
      throw new DriftException(e.getMessage());
    }
  }

  /** Reads a class without running anything of it; null where there is none. */
  private static Class<?> model(String name) {
    try {
      return Class.forName(name, false, SdkDrift.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      return null;
    }
  }

  static void compare(
      String sdk, PageContext contract, Function<String, Class<?>> models, PrintStream out) {
    SdkComparison comparison = new SdkComparison(sdk, contract, models);
    List<Api> apis = contract.apis();
    refuseMissing(sdk, apis, comparison);
    long parameters = apis.stream().mapToLong(api -> comparison.parameters(api).size()).sum();
    long members = apis.stream().mapToLong(api -> api.outputs().size()).sum();
    new Differences(apis.stream().flatMap(api -> comparison.differences(api).stream()).toList())
        .print(
            sdk,
            "the models of %s: %s, %s"
                .formatted(
                    apis.stream().map(Api::id).collect(Collectors.joining(", ")),
                    count(parameters, "parameter"),
                    count(members, "member")),
            out);
  }

  private static void refuseMissing(String sdk, List<Api> apis, SdkComparison comparison) {
    List<String> missing = apis.stream().flatMap(api -> comparison.missing(api).stream()).toList();
    if (missing.size() == apis.stream().mapToInt(a -> SdkComparison.classes(a).size()).sum()) {
      throw new DriftException(
          "sdk-drift: no SDK with any of the models is on the class path; run mvn -q test"
              + " -Psdk-drift");
    }
    if (!missing.isEmpty()) {
      throw new DriftException(
          "sdk-drift: %s has no %s; nothing was compared; choose a version with -Dsdk.version"
              .formatted(sdk, String.join(", ", missing)));
    }
  }
}
