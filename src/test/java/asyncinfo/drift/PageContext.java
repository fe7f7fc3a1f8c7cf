package asyncinfo.drift;

import asyncinfo.contract.Api;
import asyncinfo.contract.CommonParameter;
import asyncinfo.contract.DocumentedValue;
import asyncinfo.contract.Field;
import asyncinfo.contract.Specification;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * The part of {@code schemas/} that pages and SDKs are compared with.
 *
 * @param apis the APIs, with their types in the words of their pages
 * @param commonParameters the names of the common parameters
 * @param commonCodes the common error codes
 * @param format the wording that all pages share
 * @param structures the names of structures, which are types too
 */
record PageContext(
    List<Api> apis,
    Set<String> commonParameters,
    Set<String> commonCodes,
    PageTemplate format,
    Set<String> structures) {

  static PageContext of(Specification specification) {
    return new PageContext(
        specification.apis().stream().map(api -> inWordsOfThePage(api, specification)).toList(),
        specification.commonParameters().stream()
            .map(CommonParameter::name)
            .collect(Collectors.toUnmodifiableSet()),
        specification.commonErrors().stream()
            .map(DocumentedValue::value)
            .collect(Collectors.toUnmodifiableSet()),
        PageTemplate.of(specification),
        Set.of());
  }

  /** Returns the same with the names of some structures. */
  PageContext withStructures(Set<String> names) {
    return new PageContext(apis, commonParameters, commonCodes, format, names);
  }

  /** Returns the same API with the types that its page names. */
  private static Api inWordsOfThePage(Api api, Specification specification) {
    JsonNode request = specification.data(SchemaFile.REQUEST.in(api));
    JsonNode success = specification.data(SchemaFile.SUCCESS.in(api));
    return new Api(
        api.id(),
        api.product(),
        api.version(),
        api.action(),
        api.title(),
        api.lastUpdated(),
        api.description(),
        api.domain(),
        api.limit(),
        named(api.inputs(), request.path("properties")),
        named(api.outputs(), success.at("/properties/Response/properties")),
        api.examples(),
        api.errors(),
        api.contradictions(),
        api.openQuestions());
  }

  private static List<Field> named(List<Field> members, JsonNode rows) {
    return members.stream()
        .map(
            m ->
                new Field(
                    m.name(),
                    rows.path(m.name()).path(Specification.PAGE_TYPE).asString(m.type()),
                    m.required(),
                    m.description(),
                    m.values(),
                    m.nullable()))
        .toList();
  }

  /** Returns whether any API has a parameter or member of this name. */
  boolean hasMember(String name) {
    return apis.stream()
        .flatMap(api -> Stream.concat(api.inputs().stream(), api.outputs().stream()))
        .anyMatch(member -> member.name().equals(name));
  }

  /** Returns whether this is an error code of any API, or a common one. */
  boolean hasCode(String code) {
    return commonCodes.contains(code)
        || apis.stream()
            .flatMap(api -> api.errors().stream())
            .anyMatch(error -> error.value().equals(code));
  }
}
