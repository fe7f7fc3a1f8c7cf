package asyncinfo.drift;

import static asyncinfo.drift.Difference.NOTHING;

import asyncinfo.contract.Api;
import asyncinfo.contract.Field;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Compares the models of Tencent's typed Java SDK with {@code schemas/}: the members of request and
 * response, and their types. Models do not mark required members.
 */
final class SdkComparison {
  /** The product, the version without its hyphens, the action, and what the class is for. */
  private static final String CLASS = "com.tencentcloudapi.%s.v%s.models.%s%s";

  private final String source;
  private final PageContext contract;
  private final Function<String, Class<?>> models;

  /**
   * @param source the SDK with its version
   * @param models finds a class by its name; null where there is none
   */
  SdkComparison(String source, PageContext contract, Function<String, Class<?>> models) {
    this.source = source;
    this.contract = contract;
    this.models = models;
  }

  /** The parameters of an API that its model has; the SDK's client adds the common ones. */
  List<Field> parameters(Api api) {
    return api.inputs().stream()
        .filter(input -> !contract.commonParameters().contains(input.name()))
        .toList();
  }

  /** The model classes of an API. */
  static List<String> classes(Api api) {
    String version = api.version().replace("-", "");
    return List.of(
        CLASS.formatted(api.product(), version, api.action(), "Request"),
        CLASS.formatted(api.product(), version, api.action(), "Response"));
  }

  /** Those of an API's model classes that the SDK lacks. */
  List<String> missing(Api api) {
    return classes(api).stream().filter(name -> models.apply(name) == null).toList();
  }

  /** Compares the models of an API, which must be there. */
  List<Difference> differences(Api api) {
    List<SdkModel> model = classes(api).stream().map(models).map(SdkModel::of).toList();
    List<Difference> differences = new ArrayList<>();
    compare(
        api.id() + "/2/", model.get(0), parameters(api), SchemaFile.REQUEST.of(api), differences);
    compare(api.id() + "/3/", model.get(1), api.outputs(), SchemaFile.SUCCESS.of(api), differences);
    return differences;
  }

  private void compare(
      String section,
      SdkModel model,
      List<Field> members,
      String file,
      List<Difference> differences) {
    Map<String, Class<?>> added = new LinkedHashMap<>(model.members());
    for (Field member : members) {
      Class<?> found = added.remove(member.name());
      if (found == null || !SdkModel.json(found).equals(contract.format().json(member.type()))) {
        String type = found == null ? NOTHING : found.getSimpleName();
        differences.add(
            new Difference(
                Severity.BREAKING, section + member.name(), source, type, member.type(), file));
      }
    }
    added.forEach(
        (name, type) ->
            differences.add(
                new Difference(
                    Severity.ADDED, section + name, source, type.getSimpleName(), NOTHING, file)));
  }
}
