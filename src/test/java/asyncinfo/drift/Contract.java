package asyncinfo.drift;

import asyncinfo.contract.Api;
import asyncinfo.contract.Catalogue;
import asyncinfo.contract.CommonParameter;
import asyncinfo.contract.Described;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What {@code schemas/} say, as far as pages and SDKs are concerned.
 *
 * @param apis the APIs
 * @param commonParameters the names of the common parameters
 * @param commonCodes the common error codes
 * @param shape what every page has
 */
record Contract(
    List<Api> apis, Set<String> commonParameters, Set<String> commonCodes, PageShape shape) {

  static Contract of(Catalogue catalogue) {
    return new Contract(
        catalogue.apis(),
        catalogue.commonParameters().stream()
            .map(CommonParameter::name)
            .collect(Collectors.toUnmodifiableSet()),
        catalogue.commonErrors().stream()
            .map(Described::value)
            .collect(Collectors.toUnmodifiableSet()),
        PageShape.of(catalogue));
  }

  /** Whether any API has a parameter or member of this name. */
  boolean hasMember(String name) {
    return apis.stream()
        .flatMap(api -> Stream.concat(api.inputs().stream(), api.outputs().stream()))
        .anyMatch(member -> member.name().equals(name));
  }

  /** Whether this is an error code of any API, or a common one. */
  boolean hasCode(String code) {
    return commonCodes.contains(code)
        || apis.stream()
            .flatMap(api -> api.errors().stream())
            .anyMatch(error -> error.value().equals(code));
  }
}
