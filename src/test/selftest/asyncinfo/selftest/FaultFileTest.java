package asyncinfo.selftest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import asyncinfo.contract.ContractException;
import asyncinfo.contract.Specification;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading faults: placeholders from the contract, and messages about mistakes. */
@Tag("slow")
class FaultFileTest {
  private static final Specification SPECIFICATION = Specification.ofProducts("dts", "mongodb");
  private static final StubModel MODEL = StubModel.read(SPECIFICATION);
  private static final String ENTRY =
      """
      - name: "{api}: {value} in another case"
        each: value
        group: response format
        breaks: A listed value is spelt as the page has it.
        when: {members: {"{member}": "{value}"}}
        then: {set: {at: "/Response/{member}", to: "{Value}"}}
        mustFail: ["{api}/3/{member}", "{api}/3/{member}={value}", "{examples}"]
      """;

  @ParameterizedTest
  @ValueSource(strings = {"faults.yaml", "compliant.yaml"})
  void readsTheFilesOfThisProject(String name) {
    Specification all = Specification.load();

    assertThat(FaultFile.read(FaultFile.FAULTS.resolveSibling(name), all, StubModel.read(all)))
        .hasSizeGreaterThan(40);
  }

  @Test
  void readsTheFilesOfThisProject() {
    Specification all = Specification.load();
    StubModel model = StubModel.read(all);

    assertThat(FaultFile.read(FaultFile.FAULTS, all, model)).noneMatch(Fault::compliant);
    assertThat(FaultFile.read(FaultFile.COMPLIANT, all, model)).allMatch(Fault::compliant);
  }

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
        "mustFail | mustFial | f.yaml:7: unknown key \"mustFial\"; known are allFormats, apis,",
        "members: | member: | f.yaml:5: unknown key \"member\"; known are attempt, clock,",
        "set: | put: | f.yaml:6: unknown key \"put\"; known are body, delay,",
        "then: | thin: | f.yaml:6: unknown key \"thin\"",
        "{member}={value} | Stotus | no clause of its run matches dts/3/Stotus",
        "{Value} | {Valeu} | no value for {Valeu}",
        "{value} in | one in | two entries are named \"dts: one in another case\"",
        "breaks: | differs: | is compliant, so it must not have mustFail",
        "group: | slow: | f.yaml:3: "
      })
  void reportsAMistakeWithItsLine(String right, String mistake, String expected) {
    assertThat(ENTRY).contains(right);

    assertThatThrownBy(() -> read(ENTRY.replace(right, mistake)))
        .isInstanceOf(ContractException.class)
        .hasMessageContaining("f.yaml")
        .hasMessageContaining(expected);
  }

  @Test
  void reportsAnUnknownRefusalOrProduct() {
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
        .hasMessageContaining("\"one\": no API has the id dst");
  }

  @Test
  void rejectsAStepWithTwoActions() {
    assertThatThrownBy(() -> read(ENTRY.replace("then: {", "then: {status: 500, ")))
        .hasMessageContaining("a step has one action, one of these has 2");
  }

  private static List<Fault> read(String text) {
    return FaultFile.read("f.yaml", text, SPECIFICATION, MODEL);
  }
}
