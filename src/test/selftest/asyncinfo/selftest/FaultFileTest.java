package asyncinfo.selftest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import asyncinfo.contract.ContractException;
import asyncinfo.contract.Specification;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reading faults: what the contract fills in, and what is told of a slip. */
class FaultFileTest {
  private static final Specification CATALOGUE = Specification.ofProducts("dts", "mongodb");
  private static final StubModel KNOWN = StubModel.read(CATALOGUE);
  private static final String ENTRY =
      """
      - name: "{api}: {value} in another case"
        each: value
        group: reply shape
        breaks: A listed value is spelt as the page has it.
        when: {members: {"{member}": "{value}"}}
        then: {set: {at: "/Response/{member}", to: "{Value}"}}
        mustFail: ["{api}/3/{member}", "{api}/3/{member}={value}", "{examples}"]
      """;

  @Test
  void makesAFaultForEachListedValue() {
    List<Fault> faults = read(ENTRY);

    assertThat(faults).hasSize(9);
    assertThat(faults.get(0)).hasToString("dts: success in another case");
    assertThat(faults.get(0).apis()).extracting(Object::toString).containsExactly("dts");
    assertThat(faults.get(0).mustFail())
        .containsExactly("dts/3/Status", "dts/3/Status=success", "dts/4/example-1");
    assertThat(faults.get(1).mustFail()).containsExactly("dts/3/Status", "dts/3/Status=failed");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "mustFail | mustFial | f.yaml:7: nobody knows \"mustFial\"; one of allShapes, apis,",
        "members: | member: | f.yaml:5: nobody knows \"member\"; one of asks, clock,",
        "set: | put: | f.yaml:6: nobody knows \"put\"; one of body, delay,",
        "then: | thin: | f.yaml:6: nobody knows \"thin\"",
        "{member}={value} | Stotus | no clause of its run is meant by dts/3/Stotus",
        "{Value} | {Valeu} | nothing fills in {Valeu}",
        "{value} in | one in | two are named \"dts: one in another case\"",
        "breaks: | differs: | is compliant, so nothing may fail",
        "group: | slow: | f.yaml:3: "
      })
  void tellsASlipWithItsPlace(String right, String slip, String said) {
    assertThat(ENTRY).contains(right);

    assertThatThrownBy(() -> read(ENTRY.replace(right, slip)))
        .isInstanceOf(ContractException.class)
        .hasMessageContaining("f.yaml")
        .hasMessageContaining(said);
  }

  @Test
  void tellsARefusalOrAProductThatDoesNotExist() {
    String entry =
        """
        - name: one
          group: g
          breaks: b
          apis: dst
          when: {refusals: signatrue}
          then: {status: 500}
          mustFail: common/response/http-status
        """;

    assertThatThrownBy(() -> read(entry))
        .hasMessageContaining("\"one\": stubs/gateway.json has no refusal signatrue")
        .hasMessageContaining("\"one\": no API is of the product dst");
  }

  @Test
  void wantsAStepToDoOneThing() {
    assertThatThrownBy(() -> read(ENTRY.replace("then: {", "then: {status: 500, ")))
        .hasMessageContaining("a step does one thing, one of its does 2");
  }

  private static List<Fault> read(String text) {
    return FaultFile.read("f.yaml", text, CATALOGUE, KNOWN);
  }
}
