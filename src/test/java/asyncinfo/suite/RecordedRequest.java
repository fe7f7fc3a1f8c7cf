package asyncinfo.suite;

import asyncinfo.client.RequestFormat;
import asyncinfo.contract.Api;
import asyncinfo.recording.RequestKey;
import java.util.Map;

/**
 * What a request asks, apart from what differs from call to call: time, nonce and signature. Equal
 * questions have equal answers, so one answer serves them all.
 *
 * @param api the API asked
 * @param format the shape of the call
 * @param arguments the action's own parameters
 * @param alteration how it differs from a good call
 * @param parameter what the alteration works on
 */
record RequestTemplate(
    Api api,
    RequestFormat format,
    Map<String, String> arguments,
    RequestMutation alteration,
    String parameter) {

  /** The question as a recording knows it. */
  RequestKey requestKey(String caller) {
    return new RequestKey(
        api.product(), format.name(), alteration.toString(), parameter, arguments, caller);
  }
}
