package asyncinfo.suite;

import asyncinfo.contract.Api;
import asyncinfo.recording.RequestKey;
import asyncinfo.endpoint.PacedClient;
import asyncinfo.endpoint.RequestCounts;
import asyncinfo.client.NoResponseException;
import asyncinfo.client.ApiResponse;
import java.util.concurrent.Callable;

/** Sends messages over the wire. */
record HttpTransport(PacedClient courier) implements Transport {

  @Override
  public ApiResponse send(OutgoingRequest letter) throws NoResponseException {
    return courier.send(letter.api(), letter.message());
  }

  @Override
  public ApiResponse sendAtOnce(OutgoingRequest letter) throws NoResponseException {
    return courier.sendAtOnce(letter.api(), letter.message());
  }

  @Override
  public boolean waitOut(OutgoingRequest letter, int waits) {
    return courier.waitOut(letter.api(), waits);
  }

  @Override
  public void answered(OutgoingRequest letter) {
    courier.letThrough(letter.api());
  }

  @Override
  public <T> T alone(Api api, Callable<T> burst) throws Exception {
    return courier.alone(api, burst);
  }

  @Override
  public boolean leftUnanswered(RequestKey asked) {
    return false;
  }

  @Override
  public RequestCounts traffic() {
    return courier.traffic();
  }

  @Override
  public void close() {
    courier.close();
  }
}
