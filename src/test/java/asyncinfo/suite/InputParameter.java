package asyncinfo.suite;

import asyncinfo.contract.Api;
import asyncinfo.contract.Field;
import asyncinfo.contract.Requirement;
import asyncinfo.contract.Specification;

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

  /** Returns whether a requirement is about leaving out what the page of an API makes optional. */
  static boolean isOptional(Api api, Requirement requirement) {
    return requirement.mutation().equals(RequestMutation.OMIT.toString())
        && api.inputs().stream()
            .anyMatch(row -> row.name().equals(requirement.parameter()) && !row.required());
  }

  /** Returns the mutation that leaves the parameter out. */
  RequestMutation omission() {
    return isCommon ? RequestMutation.OMIT : RequestMutation.OMIT_REQUIRED;
  }

  /** Returns the mutation that gives the parameter another value or another type. */
  RequestMutation change() {
    return isCommon ? RequestMutation.SET : RequestMutation.NUMBER_FOR_STRING;
  }

  /** Returns the requirement that refuses a request without the parameter. */
  Requirement refusalOfOmission() {
    return specification.refusal(omission().toString(), row.name());
  }

  /** Returns the requirement that refuses a request with the parameter changed. */
  Requirement refusalOfChange() {
    return specification.refusal(change().toString(), row.name());
  }
}
