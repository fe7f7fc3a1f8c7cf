package asyncinfo.drift;

import static asyncinfo.drift.Differences.count;

import asyncinfo.contract.Api;
import asyncinfo.contract.Catalogue;
import asyncinfo.contract.CommonParameter;
import asyncinfo.contract.ContractException;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Compares the models of Tencent's typed Java SDK with {@code schemas/}. */
public final class SdkDrift {
  private SdkDrift() {}

  /**
   * Prints each difference, and how many there are of each grade.
   *
   * @param args the version of the SDK on the class path
   * @throws DriftException when the SDK knows less, more or something else, or has no models of an
   *     API; with one line that says so
   */
  public static void main(String[] args) {
    String version = Stream.of(args).findFirst().orElse("");
    try {
      compare("SDK " + version, Catalogue.load(), SdkDrift::model);
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

  static void compare(String sdk, Catalogue catalogue, Function<String, Class<?>> models) {
    Set<String> common =
        catalogue.commonParameters().stream()
            .map(CommonParameter::name)
            .collect(Collectors.toSet());
    SdkComparison comparison = new SdkComparison(sdk, PageShape.of(catalogue), common, models);
    List<Api> apis = catalogue.apis();
    List<String> missing = apis.stream().map(comparison::missing).flatMap(List::stream).toList();
    if (missing.size() == apis.stream().mapToInt(a -> SdkComparison.classes(a).size()).sum()) {
      throw new DriftException("no SDK is on the class path; run mvn -q test -Psdk-drift");
    }
    if (!missing.isEmpty()) {
      throw new DriftException(
          "%s has no %s, so nothing was compared; set another version with -Dsdk.version"
              .formatted(sdk, String.join(", ", missing)));
    }
    new Differences(apis.stream().map(comparison::differences).flatMap(List::stream).toList())
        .tell(
            sdk,
            "the models of "
                + apis.stream().map(Api::product).collect(Collectors.joining(", "))
                + ": "
                + extent(apis, common));
  }

  private static String extent(List<Api> apis, Set<String> common) {
    long parameters =
        apis.stream()
            .flatMap(api -> api.inputs().stream())
            .filter(input -> !common.contains(input.name()))
            .count();
    long members = apis.stream().mapToLong(api -> api.outputs().size()).sum();
    return count(parameters, "parameter") + ", " + count(members, "member");
  }
}
