package asyncinfo.suite;

import asyncinfo.client.ApiResponse;
import asyncinfo.client.NoResponseException;
import asyncinfo.contract.Api;
import asyncinfo.endpoint.PacedClient;
import asyncinfo.endpoint.RequestCounts;
import asyncinfo.recording.RequestKey;
import java.util.concurrent.Callable;

/** Sends messages over the wire. */
record HttpTransport(PacedClient pacedClient) implements Transport {

  @Override
  public ApiResponse send(OutgoingRequest outgoingRequest) throws NoResponseException {
    return pacedClient.send(outgoingRequest.api(), outgoingRequest.message());
  }

  @Override
  public ApiResponse sendAtOnce(OutgoingRequest outgoingRequest) throws NoResponseException {
    return pacedClient.sendAtOnce(outgoingRequest.api(), outgoingRequest.message());
  }

  @Override
  public boolean retryAfterThrottling(OutgoingRequest outgoingRequest, int waits) {
    return pacedClient.retryAfterThrottling(outgoingRequest.api(), waits);
  }

  @Override
  public void answered(OutgoingRequest outgoingRequest) {
    pacedClient.resetThrottling(outgoingRequest.api());
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
