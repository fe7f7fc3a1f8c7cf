package asyncinfo.suite;

import asyncinfo.contract.Field;
import asyncinfo.contract.Specification;
import java.util.List;

/**
 * A row of the input table, and what to do to requests about it.
 *
 * @param row the row
 * @param isCommon whether it is a common parameter, which travels apart from the action's own
 */
record InputParameter(Specification specification, Field row, boolean isCommon) {
  static InputParameter of(TestCase it) {
    String name = it.clause().name();
    Field row =
        it.api().inputs().stream().filter(m -> m.name().equals(name)).findFirst().orElseThrow();
    boolean common =
        it.specification().commonParameters().stream().anyMatch(p -> p.name().equals(name));
    return new InputParameter(it.specification(), row, common);
  }

  /** How a request differs that is without the parameter. */
  RequestMutation skipReason() {
    return isCommon ? RequestMutation.OMIT : RequestMutation.OMIT_REQUIRED;
  }

  /** How a request differs that has the parameter with another value, or of another type. */
  RequestMutation other() {
    return isCommon ? RequestMutation.SET : RequestMutation.NUMBER_FOR_STRING;
  }

  List<String> codesWithout() {
    return specification.codesFor(skipReason().toString(), row.name());
  }

  List<String> codesForOther() {
    return specification.codesFor(other().toString(), row.name());
  }
}
