package asyncinfo.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Each constraint of the response and request schemas rejects an instance, and names the place. */
class ResponseSchemaTest {
  private static final Specification SPECIFICATION = Specification.ofProducts("dts", "mongodb");

  @Test
  void acceptsTheDocumentedExamples() {
    for (Api api : SPECIFICATION.apis()) {
      for (Example example : api.examples()) {
        List<Violation> violations = SPECIFICATION.checkReply(api, example.response());

        // The page of DTS contradicts itself here; its table wins.
        boolean documented = example.response().path("Response").has("RequestId");
        assertThat(violations.stream().map(Violation::pointer))
            .containsExactlyElementsOf(documented ? List.of() : List.of("/Response/RequestId"));
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "dts | {'Response':{'Info':'ok','Status':'success','RequestId':'r'}} | ",
        "dts | {'Response':{'Info':'','Status':'running','RequestId':'r'}} | ",
        "dts | {'Response':{'Status':'success','RequestId':'r'}} | /Response/Info: expected to be"
            + " present, found nothing there",
        "dts | {'Response':{'Info':'ok','RequestId':'r'}} | /Response/Status: expected to be"
            + " present, found nothing there",
        "dts | {'Response':{'Info':null,'Status':'success','RequestId':'r'}} | /Response/Info:"
            + " expected a string, found null",
        "dts | {'Response':{'Info':'ok','Status':1,'RequestId':'r'}} | /Response/Status: expected a"
            + " string, found 1",
        "dts | {'Response':{'Info':'ok','Status':'Success','RequestId':'r'}} | /Response/Status:"
            + " expected one of success, failed, running, found \"Success\"",
        "dts | {'Response':{'Info':'ok','Status':'success ','RequestId':'r'}} | /Response/Status:"
            + " expected one of success, failed, running, found \"success \"",
        "dts | {'Response':{'Info':'ok','Status':'success','RequestId':''}} | /Response/RequestId:"
            + " expected a text like \\S, found \"\"",
        "dts | {'Response':{'Info':'ok','Status':'success','RequestId':' '}} | /Response/RequestId:"
            + " expected a text like \\S, found \" \"",
        "dts | {'Response':{'Info':'ok','Status':'success','RequestId':'r','StartTime':'2022-05-30"
            + " 15:00:00'}} | /Response/StartTime: expected no such member, found \"2022-05-30"
            + " 15:00:00\"",
        "dts | {'Response':{'Info':'ok','Status':'success','RequestId':'r'},'x':1} | /x: expected"
            + " no such member, found 1",
        "mongodb | {'Response':{'Status':'undoed','RequestId':'r'}} | ",
        "mongodb | {'Response':{'Status':'success','StartTime':'2022-05-30"
            + " 15:00:00','EndTime':'2022-05-30T15:01:00Z','RequestId':'r'}} | ",
        "mongodb | {'Response':{'Status':'success','StartTime':'','RequestId':'r'}} |"
            + " /Response/StartTime: expected a date and time, or to be absent, once Status is"
            + " \"success\", found \"\"",
        "mongodb | {'Response':{'Status':'undoed','EndTime':'0000-00-00 00:00:00','RequestId':'r'}}"
            + " | /Response/EndTime: expected a date and time, or to be absent, once Status is"
            + " \"undoed\", found \"0000-00-00 00:00:00\"",
        "mongodb |"
            + " {'Response':{'Status':'failed','EndTime':'0001-01-01T00:00:00Z','RequestId':'r'}} |"
            + " /Response/EndTime: expected a date and time, or to be absent, once Status is"
            + " \"failed\", found \"0001-01-01T00:00:00Z\"",
        "mongodb | {'Response':{'Status':'running','StartTime':'2022-05-30"
            + " 15:00:00','EndTime':'0000-00-00 00:00:00','RequestId':'r'}} | ",
        "mongodb | {'Response':{'Status':'running','StartTime':'2022-05-30"
            + " 15:00:00','EndTime':'1970-01-01 08:00:00','RequestId':'r'}} | ",
        "mongodb | {'Response':{'Status':'paused','StartTime':'2022-05-30"
            + " 15:00:00','EndTime':'','RequestId':'r'}} | ",
        "mongodb | {'Response':{'Status':'initial','StartTime':'','EndTime':'','RequestId':'r'}} |"
            + " ",
        "mongodb | {'Response':{'Status':'running','EndTime':'soon','RequestId':'r'}} |"
            + " /Response/EndTime: expected a date and time, found \"soon\"",
        "mongodb | {'Response':{'Status':'running','EndTime':null,'RequestId':'r'}} |"
            + " /Response/EndTime: expected a string, found null",
        "mongodb | {'Response':{'Status':'running','StartTime':'2022-05-30"
            + " 15:00:01','EndTime':'2022-05-30 15:00:00','RequestId':'r'}} | /Response/EndTime:"
            + " expected not before StartTime \"2022-05-30 15:00:01\", found \"2022-05-30"
            + " 15:00:00\"",
        "mongodb | {'Response':{'Status':'Running','EndTime':'','RequestId':'r'}} |"
            + " /Response/Status: expected one of initial, running, paused, undoed, failed,"
            + " success, found \"Running\"",
        "mongodb | {'Response':{'Status':'success','StartTime':null,'RequestId':'r'}} |"
            + " /Response/StartTime: expected a string, found null",
        "mongodb | {'Response':{'Status':'success','EndTime':'soon','RequestId':'r'}} |"
            + " /Response/EndTime: expected a date and time, found \"soon\"",
        "mongodb | {'Response':{'Status':'success','StartTime':'2022-05-30"
            + " 15:00:01','EndTime':'2022-05-30 15:00:00','RequestId':'r'}} | /Response/EndTime:"
            + " expected not before StartTime \"2022-05-30 15:00:01\", found \"2022-05-30"
            + " 15:00:00\"",
        "mongodb | {'Response':{'Status':'success','Info':'ok','RequestId':'r'}} | /Response/Info:"
            + " expected no such member, found \"ok\"",
        "dts | {'Response':{'Error':{'Code':'InternalError','Message':'m'},'RequestId':'r'}} | ",
        "dts | {'Response':{'Error':{'Code':'RequestLimitExceeded','Message':''},'RequestId':'r'}}"
            + " | ",
        "dts | {'Response':{'Error':{'Message':'m'},'RequestId':'r'}} | /Response/Error/Code:"
            + " expected to be present, found nothing there",
        "dts | {'Response':{'Error':{'Code':'InternalError'},'RequestId':'r'}} |"
            + " /Response/Error/Message: expected to be present, found nothing there",
        "dts | {'Response':{'Error':{'Code':5,'Message':'m'},'RequestId':'r'}} |"
            + " /Response/Error/Code: expected a string, found 5",
        "dts | {'Response':{'Error':{'Code':'InternalError','Message':7},'RequestId':'r'}} |"
            + " /Response/Error/Message: expected a string, found 7",
        "dts |"
            + " {'Response':{'Error':{'Code':'InternalError','Message':'m','Extra':1},'RequestId':'r'}}"
            + " | /Response/Error/Extra: expected no such member, found 1",
        "dts | {'Response':{'Error':{'Code':'InternalError','Message':'m'}}} | /Response/RequestId:"
            + " expected to be present, found nothing there",
        "dts |"
            + " {'Response':{'Error':{'Code':'InternalError','Message':'m'},'Status':'failed','RequestId':'r'}}"
            + " | /Response/Status: expected no such member, found \"failed\"",
        "dts | {'Response':{'Error':null,'RequestId':'r'}} | /Response/Error: expected an object,"
            + " found null"
      })
  void reportsTheViolationsOfAResponse(String product, String response, String violation) {
    Api api =
        SPECIFICATION.apis().stream()
            .filter(a -> a.product().equals(product))
            .findFirst()
            .orElseThrow();
    JsonNode document = Json.read(response.replace('\'', '"'));

    assertThat(SPECIFICATION.checkReply(api, document).stream().map(Violation::toString))
        .containsExactlyElementsOf(violation == null ? List.of() : List.of(violation));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "InvalidParameter.PermissionDenied",
        "internalerror",
        "InternalError.DBError",
        "OperationDenied"
      })
  void namesEveryCodeThatWouldDo(String code) {
    JsonNode document =
        Json.read(
            "{\"Response\":{\"Error\":{\"Code\":\"%s\",\"Message\":\"\"},\"RequestId\":\"r\"}}"
                .formatted(code));

    List<Violation> violations = SPECIFICATION.checkReply(SPECIFICATION.apis().get(0), document);

    assertThat(violations).hasSize(1);
    assertThat(violations.get(0).pointer()).isEqualTo("/Response/Error/Code");
    assertThat(violations.get(0).expected())
        .startsWith(
            "one of InternalError, InvalidParameter, OperationDenied.BizOperationDeniedError")
        .contains("ResourceNotFound", "AuthFailure.SignatureFailure", "UnsupportedRegion");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'Action':'DescribeAsyncRequestInfo','Version':'2018-03-30','Region':'r','AsyncRequestId':'1'}"
            + " | ",
        "{'Version':'2018-03-30','Region':'r','AsyncRequestId':'1'} | /Action",
        "{'Action':'DescribeAsyncRequestInfo','Region':'r','AsyncRequestId':'1'} | /Version",
        "{'Action':'DescribeAsyncRequestInfo','Version':'2018-03-30','AsyncRequestId':'1'} |"
            + " /Region",
        "{'Action':'DescribeAsyncRequestInfo','Version':'2018-03-30','Region':'r'} |"
            + " /AsyncRequestId",
        "{'Action':'DescribeAsyncRequestInfo','Version':'2018-03-30','Region':'r','AsyncRequestId':1}"
            + " | /AsyncRequestId",
        "{'Action':'DescribeAsyncRequestInfo','Version':'2018-03-30','Region':'r','AsyncRequestId':null}"
            + " | /AsyncRequestId",
        "{'Action':'DescribeAsyncRequestInfo','Version':'2019-07-25','Region':'r','AsyncRequestId':'1'}"
            + " | /Version",
        "{'Action':'Describe','Version':'2018-03-30','Region':'r','AsyncRequestId':'1'} | /Action",
        "{'Action':'DescribeAsyncRequestInfo','Version':'2018-03-30','Region':'r','AsyncRequestId':'1','Limit':1}"
            + " | /Limit"
      })
  void reportsTheViolationsOfARequest(String request, String pointer) {
    List<Violation> violations =
        SPECIFICATION.checkRequest(
            SPECIFICATION.apis().get(0), Json.read(request.replace('\'', '"')));

    assertThat(violations.stream().map(Violation::pointer))
        .containsExactlyElementsOf(pointer == null ? List.of() : List.of(pointer));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2022-05-30 15:00:00",
        "2024-03-07 9:22:15",
        "2022-05-30T15:00:00Z",
        "2022-05-30T15:00:00.123+08:00",
        "2022/05/30 15:00",
        "Mon, 30 May 2022 15:00:00 GMT",
        "30 May 2022 15:00:00",
        "May 30, 2022 15:00:00",
        "2022-05-30 3:00 PM",
        "2022年05月30日 15:00:00",
        "2022-05-30T15:00:00+08",
        "2022-05-30 15:00:00.123456789 +0800 CST",
        "2022-05-30t15:00:00[Asia/Shanghai]",
        "20220530T150000Z",
        "Mon May 30 15:00:00 CST 2022",
        "Mon May 30 15:00:00 2022"
      })
  void readsEachCommonNotationOfATime(String text) {
    assertThat(ReadableDateTime.read(text)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "soon",
        "1653894000",
        "2022-05-30",
        "15:00:00",
        "2022-13-30 15:00:00",
        "2022-05-32 15:00:00",
        "2022-05-30 25:00:00",
        "0000-00-00 00:00:00",
        "30 Foo 2022 15:00:00",
        "20220530150000",
        "20221330T150000Z",
        "2022-05-30 15:00:00 or so",
        "2022-05-30 15:00:00 [?]",
        "2022-05-30 13:00:00 PM"
      })
  void rejectsATextThatIsNoTime(String text) {
    assertThat(ReadableDateTime.read(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "0",
        "0000-00-00",
        "0000-00-00 00:00:00",
        "0000-00-00T00:00:00.000Z",
        "0000/00/00 00:00",
        "0001-01-01T00:00:00Z",
        "0001-01-01 08:05:43 +0805 LMT",
        "1970-01-01 00:00:00",
        "1970-01-01 08:00:00",
        "1969-12-31 16:00:00",
        "1970-01-01T08:00:00+08:00",
        "-0001-11-30T00:00:00+00:00"
      })
  void takesAZeroDateForNoTime(String text) {
    assertThat(ReadableDateTime.isUnset(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "soon",
        "-",
        "null",
        "10:00:00",
        "2022-05-30 00:00:00",
        "2000-01-01 00:00:00",
        "1970-01-01 08:00:01",
        "1970-01-02 00:00:00",
        "1970-01-01T08:00:00Z"
      })
  void takesNoOtherTextForNoTime(String text) {
    assertThat(ReadableDateTime.isUnset(text)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "2022-05-30 14:59:59, 2022-05-30 15:00:00, true",
    "2022-05-30 15:00:00, 2022-05-30 15:00:00, false",
    "2022-05-30T15:00:00.100Z, 2022-05-30T15:00:00.600Z, true",
    "2022-05-30T15:00:00.600Z, 2022-05-30T15:00:00.100Z, false",
    "2022-05-30T08:00:00Z, 2022-05-30T15:00:00+08:00, false",
    "2022-05-30T16:00:00+08:00, 2022-05-30T15:00:00Z, true",
    "2022-05-30 01:00:00 PM, 2022-05-30 11:00:00 AM, false",
    "2022-05-30 12:30:00 AM, 2022-05-30 11:00:00 AM, true",
    "2022-05-30 12:30 pm, 2022-05-30 11:00 am, false",
    "2022-05-30 08:00:00 CST, 2022-05-30 15:00:00 UTC, false",
    "2022-05-30 08:00:00, 2022-05-30 15:00:00Z, false"
  })
  void comparesTimesWhereTheirZonesAllowIt(String one, String other, boolean earlier) {
    assertThat(ReadableDateTime.isBefore(one, other)).isEqualTo(earlier);
  }

  @ParameterizedTest
  @CsvSource({
    "success, 2022-05-30 15:00:00, success, 2022-05-30 15:00:07, /Response/EndTime",
    "failed, 2022-05-30 15:00:07, failed, 2022-05-30 15:00:00, /Response/EndTime",
    "success, 2022-05-30 15:00:00, success, 2022-05-30T15:00:00.700, ",
    "success, 2022-05-30T15:00:00+08:00, success, 2022-05-30T07:00:00Z, ",
    "success, 2022-05-30T15:00:00+08:00, success, 2022-05-30T15:00:00Z, /Response/EndTime",
    "success, 2022-05-30 15:00:00, success, 2022-05-30T07:00:00Z, ",
    "success, '', success, 2022-05-30 15:00:00, ",
    "success, soon, success, later, ",
    "running, 2022-05-30 15:00:00, running, 2022-05-30 15:00:07, ",
    "running, 2022-05-30 15:00:00, success, 2022-05-30 15:00:07, "
  })
  void findsTimesThatChangeOnceATaskHasEnded(
      String state, String end, String laterState, String laterEnd, String pointer) {
    Api mongodb = SPECIFICATION.apis().get(1);

    assertThat(
            SPECIFICATION
                .checkLaterReply(mongodb, response(state, end), response(laterState, laterEnd))
                .stream()
                .map(Violation::pointer))
        .containsExactlyElementsOf(pointer == null ? List.of() : List.of(pointer));
  }

  private static JsonNode response(String state, String end) {
    return Json.read(
        "{\"Response\":{\"Status\":\"%s\",\"EndTime\":\"%s\",\"RequestId\":\"r\"}}"
            .formatted(state, end));
  }
}
