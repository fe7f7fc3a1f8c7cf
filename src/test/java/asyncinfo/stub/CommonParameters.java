package asyncinfo.stub;

import asyncinfo.contract.Api;
import asyncinfo.contract.CommonParameter;
import asyncinfo.contract.Specification;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Checks the common parameters of API 3.0 as the third step of the gateway: in headers with
 * signature v3, in the query or form with v1.
 */
final class CommonParameters {
  private static final Pattern INTEGER = Pattern.compile("\\d{1,18}");

  static final String REGION = "Region";

  private final GatewayData data;
  private final List<Api> apis;
  private final List<CommonParameter> all;
  private final List<CommonParameter> integers;
  private final Map<String, CommonParameter> byName;
  private final Map<String, List<CommonParameter>> required;

  CommonParameters(Specification specification, GatewayData data) {
    this.data = data;
    this.apis = specification.apis();
    this.all = specification.commonParameters();
    this.byName =
        all.stream().collect(Collectors.toMap(CommonParameter::name, Function.identity()));
    this.integers = all.stream().filter(p -> p.type().equals("Integer")).toList();
    this.required = Map.of("v3", requiredBy("v3"), "v1", requiredBy("v1"));
  }

  /**
   * Returns the required parameters, the timestamp first: the gateway reports it first if all are
   * missing.
   */
  private List<CommonParameter> requiredBy(String signature) {
    return all.stream()
        .filter(p -> p.requiredBy().contains(signature))
        .sorted(Comparator.comparing(p -> !p.name().equals("Timestamp")))
        .toList();
  }

  /** Rejects a request without a required parameter, or with one of the wrong type. */
  void require(ReceivedRequest request) throws ApiErrorException {
    for (CommonParameter parameter : required.get(request.v3() ? "v3" : "v1")) {
      boolean absent = value(request, parameter).filter(value -> !value.isEmpty()).isEmpty();
      if (absent && !(parameter.name().equals(REGION) && isRegionOptional(request))) {
        throw request.v3()
            ? data.refuse("missing-header", parameter.header().orElseThrow())
            : data.refuse("missing", parameter.name());
      }
    }
    for (CommonParameter parameter : integers) {
      Optional<String> value = value(request, parameter);
      if (value.isPresent() && !INTEGER.matcher(value.get()).matches()) {
        throw data.refuse("type", nameIn(request, parameter));
      }
    }
  }

  /** Returns whether the action of a request does not require a region. */
  private boolean isRegionOptional(ReceivedRequest request) {
    return apis.stream()
        .filter(api -> value(request, "Action").filter(api.action()::equals).isPresent())
        .filter(api -> value(request, "Version").filter(api.version()::equals).isPresent())
        .findFirst()
        .filter(
            api ->
                api.inputs().stream()
                    .noneMatch(input -> input.name().equals(REGION) && input.required()))
        .isPresent();
  }

  /** Returns the region, which must be known; empty where an action does not require it. */
  String region(ReceivedRequest request) throws ApiErrorException {
    String region = value(request, REGION).orElse("");
    if (!region.isEmpty() && !data.knowsRegion(region)) {
      throw data.refuse("value", nameIn(request, byName.get(REGION)));
    }
    return region;
  }

  /** Returns a value whose presence {@link #require} has checked. */
  String required(ReceivedRequest request, String name) {
    return value(request, name).orElseThrow();
  }

  /** Returns the value of a common parameter by its documented name. */
  Optional<String> value(ReceivedRequest request, String name) {
    return value(request, byName.get(name));
  }

  /** Returns whether a parameter of a query or form is a common parameter. */
  boolean isCommon(ReceivedRequest request, String name) {
    return !request.v3() && byName.containsKey(name) && byName.get(name).v1();
  }

  private static Optional<String> value(ReceivedRequest request, CommonParameter parameter) {
    if (request.v3()) {
      return parameter.header().flatMap(request::header);
    }
    return parameter.v1() ? request.parameter(parameter.name()) : Optional.empty();
  }

  private static String nameIn(ReceivedRequest request, CommonParameter parameter) {
    return request.v3() ? parameter.header().orElse(parameter.name()) : parameter.name();
  }
}
