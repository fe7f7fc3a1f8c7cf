package asyncinfo.suite;

import asyncinfo.contract.Field;
import asyncinfo.contract.Specification;
import java.util.List;

/**
 * A row of the input table, with the mutations that leave the parameter out or change it.
 *
 * @param specification the specification
 * @param row the row
 * @param isCommon whether it is a common parameter, which is sent apart from the action's own
 */
record InputParameter(Specification specification, Field row, boolean isCommon) {
  /** Returns the parameter that the clause of a case is about. */
  static InputParameter of(TestCase testCase) {
    String name = testCase.clause().name();
    Field row =
        testCase.api().inputs().stream()
            .filter(input -> input.name().equals(name))
            .findFirst()
            .orElseThrow();
    boolean common =
        testCase.specification().commonParameters().stream().anyMatch(p -> p.name().equals(name));
    return new InputParameter(testCase.specification(), row, common);
  }

  /** Returns the mutation that leaves the parameter out. */
  RequestMutation omission() {
    return isCommon ? RequestMutation.OMIT : RequestMutation.OMIT_REQUIRED;
  }

  /** Returns the mutation that gives the parameter another value or another type. */
  RequestMutation change() {
    return isCommon ? RequestMutation.SET : RequestMutation.NUMBER_FOR_STRING;
  }

  /** Returns the error codes that may answer a request without the parameter. */
  List<String> codesForOmission() {
    return specification.codesFor(omission().toString(), row.name());
  }

  /** Returns the error codes that may answer a request with the parameter changed. */
  List<String> codesForChange() {
    return specification.codesFor(change().toString(), row.name());
  }
}
