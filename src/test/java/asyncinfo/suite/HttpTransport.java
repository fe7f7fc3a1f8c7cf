package asyncinfo.suite;

import asyncinfo.client.ApiResponse;
import asyncinfo.client.NoResponseException;
import asyncinfo.contract.Api;
import asyncinfo.endpoint.PacedClient;
import asyncinfo.endpoint.RequestCounts;
import asyncinfo.recording.RequestKey;
import java.util.concurrent.Callable;

/**
 * Sends requests over HTTP.
 *
 * @param pacedClient the client that sends them
 */
record HttpTransport(PacedClient pacedClient) implements Transport {

  @Override
  public ApiResponse send(OutgoingRequest request) throws NoResponseException {
    return pacedClient.send(request.api(), request.message());
  }

  @Override
  public ApiResponse sendAtOnce(OutgoingRequest request) throws NoResponseException {
    return pacedClient.sendAtOnce(request.api(), request.message());
  }

  @Override
  public boolean retryAfterThrottling(OutgoingRequest request, int waits) {
    return pacedClient.retryAfterThrottling(request.api(), waits);
  }

  @Override
  public void answered(OutgoingRequest request) {
    pacedClient.resetThrottling(request.api());
  }

  @Override
  public <T> T alone(Api api, Callable<T> burst) throws Exception {
    return pacedClient.alone(api, burst);
  }

  @Override
  public boolean hasNoRecordedResponse(RequestKey requestKey) {
    return false;
  }

  @Override
  public RequestCounts traffic() {
    return pacedClient.traffic();
  }

  @Override
  public void close() {
    pacedClient.close();
  }
}
