package asyncinfo.drift;

import static org.assertj.core.api.Assertions.assertThat;

import asyncinfo.contract.DocumentedValue;
import asyncinfo.contract.Specification;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads values, notes and nullability out of descriptions, in the wordings of many pages. */
class DescriptionTest {
  private static final PageTemplate FORMAT = PageContext.of(Specification.load()).format();

  private static Description read(String text) {
    return Description.of(text.replace("\\n", "\n"), FORMAT);
  }

  private static String values(Description description) {
    return description.values().stream()
        .map(DescriptionTest::inWords)
        .collect(Collectors.joining("; "));
  }

  private static String inWords(DocumentedValue value) {
    return value.value() + (value.description().isEmpty() ? "" : "=" + value.description());
  }

  // ---- lists

  @ParameterizedTest
  @ValueSource(
      strings = {
        "State. Valid values: success, failed, running",
        "State. Valid values: success, failed, running.",
        "State. Valid values: success, failed, and running.",
        "State. Valid values: success, failed or running",
        "State. Valid values are: success, failed, running",
        "State. Valid values are as follows: success, failed, running",
        "State. Valid values include: success, failed, running",
        "State. valid values:success,failed,running",
        "State. Values: success, failed, running",
        "State. Available values: success, failed, running",
        "State. Enumerated values: success, failed, running",
        "State. Enum values: success, failed, running",
        "State. Optional values: success, failed, running",
        "State. Value range: success, failed, running",
        "State. Valid values: success; failed; running",
        "State. Valid values: success;failed;running;",
        "State. Valid values: success/failed/running",
        "State. Valid values: success | failed | running",
        "State. Valid values: success. failed. running.",
        "State. Valid values: [success, failed, running]",
        "State. Valid values: [success, failed, running].",
        "State. Valid values: {success, failed, running}",
        "State. Valid values: (success, failed, running)",
        "State. (Valid values: success, failed, running)",
        "State. （Valid values：success，failed，running）",
        "State. Valid values: `success`, `failed`, `running`",
        "State. Valid values: `success` `failed` `running`",
        "State. Valid values: `success`. `failed`. `running`.",
        "State. Valid values: \"success\", \"failed\", \"running\"",
        "State. Valid values: 'success', 'failed', 'running'",
        "State. Valid values: “success”, “failed”, “running”",
        "State. Valid values: 「success」、「failed」、「running」",
        "State. Valid values： success、failed、running。",
        "State. Valid values：success；failed；running。",
        "State. 取值：success，failed，running。",
        "State. 枚举值：\\n- success\\n- failed\\n- running",
        "State. Valid values:\\n- success\\n- failed\\n- running",
        "State. Valid values:\\n- success.\\n- failed.\\n- running.",
        "State. Valid values:\\n- success;\\n- failed;\\n- running.",
        "State. Valid values:\\n-success\\n-failed\\n-running",
        "State. Valid values:\\n* success\\n* failed\\n* running",
        "State. Valid values:\\n• success\\n• failed\\n• running",
        "State. Valid values:\\n•success\\n•failed\\n•running",
        "State. Valid values: - success. - failed. - running.",
        "State. Valid values: • success • failed • running",
        "State. Valid values:\\nsuccess\\nfailed\\nrunning",
        "State. Valid values:\\n`success`\\n`failed`\\n`running`",
        "State. Valid values:\\nsuccess,\\nfailed,\\nrunning",
        "State. Valid values:\\nsuccess;\\nfailed;\\nrunning.",
        "State. Valid values: success,\\nfailed, running",
        "State. Valid\\nvalues: success, failed,\\nrunning",
        "State.\\nValid values: success, failed, running",
        "State.\\n**Valid values:** success, failed, running",
      })
  void readsTheValuesOfAList(String text) {
    Description description = read(text);

    assertThat(values(description)).isEqualTo("success; failed; running");
    assertThat(description.words().replace("*", "").strip()).isEqualTo("State.");
    assertThat(description.nullable()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "initial (not started), running, paused (stopped, for now), success",
        "initial（not started）, running, paused（stopped, for now）, success",
        "initial: not started, running, paused: stopped, for now, success",
        "initial: not started; running; paused: stopped, for now; success",
        "initial: not started; running; paused: stopped, for now; success.",
        "initial：not started；running；paused：stopped, for now；success。",
        "initial: not started. running. paused: stopped, for now. success.",
        "`initial`: not started, `running`, `paused`: stopped, for now, `success`",
        "`initial`: not started. `running`. `paused`: stopped, for now. `success`.",
        "`initial` (not started), `running`, `paused` (stopped, for now), and `success`.",
        "\"initial\": not started, \"running\", \"paused\": stopped, for now, \"success\"",
        "\\n- initial: not started.\\n- running.\\n- paused: stopped, for now.\\n- success.",
        "\\n- initial: not started\\n- running\\n- paused: stopped,\\nfor now\\n- success",
        "\\n- initial - not started\\n- running\\n- paused - stopped, for now\\n- success",
        "\\n"
            + "- `initial`: not started;\\n"
            + "- `running`;\\n"
            + "- `paused`: stopped, for now;\\n"
            + "- `success`.",
        "\\n• initial (not started)\\n• running\\n• paused (stopped, for now)\\n• success",
        "\\ninitial (not started)\\nrunning\\npaused (stopped, for now)\\nsuccess",
        "\\ninitial: not started\\nrunning\\npaused: stopped, for now\\nsuccess",
        "\\ninitial - not started\\nrunning\\npaused - stopped, for now\\nsuccess",
        "initial (not started) running paused (stopped, for now) success",
      })
  void readsTheNotesOfValues(String list) {
    String notes = values(read("State. Valid values: " + list));

    assertThat(notes)
        .isIn(
            "initial=not started; running; paused=stopped, for now; success",
            // Without separators, a value without a note begins that of the next one.
            "initial=not started; running paused=stopped, for now; success");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Valid values: 0: wrapped, 1: shipped | 0=wrapped; 1=shipped",
        "Valid values: 0 (wrapped, or not), 1 (shipped) | 0=wrapped, or not; 1=shipped",
        "Valid values: 0 - wrapped; 1 - shipped; -1 - lost | 0=wrapped; 1=shipped; -1=lost",
        "Valid values:\\n- 0: wrapped\\n- 1: shipped\\n- -1: lost | 0=wrapped; 1=shipped; -1=lost",
        "Valid values:\\n0: wrapped\\n1: shipped\\n-1: lost | 0=wrapped; 1=shipped; -1=lost",
        "Valid values: 0=wrapped, 1=shipped | 0=wrapped; 1=shipped",
        "Valid values: 0 indicates wrapped; 1 indicates shipped | 0=wrapped; 1=shipped",
        "Valid values: 0, 1. | 0; 1",
        "Valid values: true: shown; false: hidden | true=shown; false=hidden",
        "Valid values: RUNNING, SUCCESS, FAILED. Default: RUNNING. | RUNNING; SUCCESS; FAILED",
        "Valid values: RUNNING. SUCCESS. Default: RUNNING. | RUNNING; SUCCESS",
        "Valid values: RUNNING (in progress). Default: RUNNING. | RUNNING=in progress",
        "Valid values:\\n- RUNNING: In progress.\\n- DONE: Ended.\\nDefault: RUNNING. |"
            + " RUNNING=In progress; DONE=Ended",
        "Valid values: ap-guangzhou, ap-1.5, a_b | ap-guangzhou; ap-1.5; a_b",
        "Valid values: in progress: running now, done | in progress=running now; done",
        "Valid values: success: done and dusted, failed: not done | success=done and dusted;"
            + " failed=not done",
        "Value range: 1-100. Default: 20. | 1-100",
        "Value range: [1, 100]. | [1, 100]",
        "Value range: [1,100] | [1,100]",
        "Value range: 1, 2, 3 | 1; 2; 3",
        "The value of the parcel: high. | ``",
        "Values of parcels | ``",
      })
  void readsListsOfOtherValues(String text, String expected) {
    assertThat(values(read(text))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "State. Valid values: a, b. It may end. | State. It may end.",
        "State. Valid values: [a, b]. It may end. | State. It may end.",
        "State. Valid values:\\n- a\\n- b\\nIt may end. | State. It may end.",
        "State. Valid values:\\n- a.\\n- b.\\nIt may end. | State. It may end.",
        "State. Valid values:\\n- a: x. It may end. | State. It may end.",
        "State. Valid values:\\na\\nb\\nIt may end. | State. It may end.",
        "State. (Valid values: a, b) It may end. | State. It may end.",
        "State. Valid values: a, b。It may end. | State. It may end.",
      })
  void keepsTheWordsBehindAList(String text, String words) {
    Description description = read(text);

    assertThat(description.words()).isEqualTo(words);
    assertThat(description.values()).extracting(DocumentedValue::value).startsWith("a");
  }

  // ---- null

  static Stream<Arguments> nullable() {
    List<String> notes =
        List.of(
            "Note: This field may return null, indicating that no valid values can be obtained.",
            "Note: this field may return `null`, indicating that no valid value was found.",
            "Note: This field may return\nnull, indicating that no valid\nvalues can be obtained.",
            "Note: this field may return null",
            "This field may return null.",
            "This parameter may be null.",
            "It may be null.",
            "The value can be null.",
            "(This field may return null.)",
            "Note: If the task has not ended, this field may be null.",
            "Note：This field may return null, indicating that no valid values can be obtained。",
            "Note: Null may be returned.",
            "NOTE: THIS FIELD MAY RETURN NULL.",
            "注意：此字段可能返回 null，表示取不到有效值。");
    return notes.stream().map(Arguments::of);
  }

  @ParameterizedTest
  @MethodSource("nullable")
  void readsThatAFieldMayBeNull(String note) {
    for (String before :
        List.of(
            "State. Valid values: a (x), b (y)",
            "State. Valid values: a (x), b (y).",
            "State. Valid values:\n- a: x\n- b: y",
            "State. Valid values:\n- a: x.\n- b: y.")) {
      for (String break_ : List.of(" ", "\n")) {
        Description description = read(before + break_ + note);

        assertThat(description.nullable()).as(before + break_ + note).isTrue();
        assertThat(values(description)).as(before + break_ + note).isEqualTo("a=x; b=y");
        assertThat(description.words()).as(before + break_ + note).isEqualTo("State.");
      }
    }
    assertThat(read("The time.\n" + note)).isEqualTo(read("The time. " + note));
    assertThat(read("The time. " + note).words()).isEqualTo("The time.");
    assertThat(read(note).words()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "This field will not return null.",
        "This field may not be null.",
        "The nullable columns.",
        "Null values are ignored.",
        "This field may return nullified orders.",
        "It cannot be null.",
      })
  void takesNoOtherWordForThatOfNull(String text) {
    assertThat(read(text).nullable()).isFalse();
    assertThat(read(text).words()).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0: processing, 1: processing succeeded, 2: failed|0=processing; 1=processing succeeded;"
            + " 2=failed",
        "Filter by status. 0: disabled, 1: enabled.|0=disabled; 1=enabled",
        "Kind.\\n- 1: push\\n- 2: playback|1=push; 2=playback",
        "`1`: near `2`: far|''",
        "At 10:30: noon is near|''",
        "The part 1: of all|''",
        "From 1: one to 2022-05-30 15:00:00|''"
      })
  void readsNumbersWithNotesWithoutAnIntroduction(String text, String values) {
    assertThat(values(read(text))).isEqualTo(values);
  }
}
