package asyncinfo.suite;

import asyncinfo.contract.Catalogue;
import asyncinfo.contract.Member;
import java.util.List;

/**
 * A row of the input table, and what to do to requests about it.
 *
 * @param row the row
 * @param isCommon whether it is a common parameter, which travels apart from the action's own
 */
record Inputs(Catalogue catalogue, Member row, boolean isCommon) {
  static Inputs of(Case it) {
    String name = it.clause().name();
    Member row =
        it.api().inputs().stream().filter(m -> m.name().equals(name)).findFirst().orElseThrow();
    boolean common =
        it.catalogue().commonParameters().stream().anyMatch(p -> p.name().equals(name));
    return new Inputs(it.catalogue(), row, common);
  }

  /** How a request differs that is without the parameter. */
  Alteration leftOut() {
    return isCommon ? Alteration.OMIT : Alteration.OMIT_REQUIRED;
  }

  /** How a request differs that has the parameter with another value, or of another type. */
  Alteration other() {
    return isCommon ? Alteration.SET : Alteration.NUMBER_FOR_STRING;
  }

  List<String> codesWithout() {
    return catalogue.codesFor(leftOut().toString(), row.name());
  }

  List<String> codesForOther() {
    return catalogue.codesFor(other().toString(), row.name());
  }
}
