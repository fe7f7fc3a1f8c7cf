package asyncinfo.suite;

import asyncinfo.client.RequestFormat;
import asyncinfo.contract.Api;
import asyncinfo.recording.RequestKey;
import java.util.Map;

/**
 * A request without what differs between two sends: time, nonce and signature. Equal templates have
 * equal responses, so one response can serve them all.
 *
 * @param api the API to call
 * @param format the request format
 * @param arguments the action's own parameters
 * @param mutation the way in which it differs from a valid request
 * @param parameter the operand of the mutation; empty where it needs none
 */
record RequestTemplate(
    Api api,
    RequestFormat format,
    Map<String, String> arguments,
    RequestMutation mutation,
    String parameter) {

  /** Returns its key in recordings. */
  RequestKey requestKey(String caller) {
    return new RequestKey(
        api.id(), format.name(), mutation.toString(), parameter, arguments, caller);
  }
}
