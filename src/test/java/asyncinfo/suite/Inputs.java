package asyncinfo.suite;

import asyncinfo.contract.Catalogue;
import asyncinfo.contract.Member;
import asyncinfo.wire.Argument;
import asyncinfo.wire.Call;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.StringNode;

/**
 * A row of the input table, and what to do to requests about it.
 *
 * @param row the row
 * @param isCommon whether it is a common parameter, which travels apart from the action's own
 */
record Inputs(Catalogue catalogue, Member row, boolean isCommon) {
  /** The parameter by which the actions of this name know a task. */
  static final String TASK_ID = "AsyncRequestId";

  static Inputs of(Case it) {
    String name = it.clause().name();
    Member row =
        it.api().inputs().stream().filter(m -> m.name().equals(name)).findFirst().orElseThrow();
    boolean common =
        it.catalogue().commonParameters().stream().anyMatch(p -> p.name().equals(name));
    return new Inputs(it.catalogue(), row, common);
  }

  Call without(Call call) {
    return isCommon ? call.without(row.name()) : call.withArguments(others(call));
  }

  Call withOtherValue(Call call) {
    return Alteration.SET.beforeSigning(call, row.name());
  }

  Call withOtherType(Call call) {
    JsonNode wrong = row.type().equals("String") ? IntNode.valueOf(1) : StringNode.valueOf("x");
    List<Argument> arguments = new ArrayList<>(others(call));
    arguments.add(new Argument(row.name(), wrong));
    return call.withArguments(arguments);
  }

  List<String> codesWithout() {
    return isCommon
        ? catalogue.codesFor(Alteration.OMIT.toString(), row.name())
        : catalogue.codesFor(Alteration.OMIT_REQUIRED.toString(), row.name());
  }

  List<String> codesForOther() {
    return isCommon
        ? catalogue.codesFor(Alteration.SET.toString(), row.name())
        : catalogue.codesFor(Alteration.NUMBER_FOR_STRING.toString(), row.name());
  }

  private List<Argument> others(Call call) {
    return call.arguments().stream().filter(a -> !a.name().equals(row.name())).toList();
  }
}
