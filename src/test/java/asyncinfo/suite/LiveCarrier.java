package asyncinfo.suite;

import asyncinfo.contract.Api;
import asyncinfo.recording.Asked;
import asyncinfo.target.Courier;
import asyncinfo.target.Traffic;
import asyncinfo.wire.NoReplyException;
import asyncinfo.wire.Reply;
import java.util.concurrent.Callable;

/** Sends messages over the wire. */
record LiveCarrier(Courier courier) implements Carrier {

  @Override
  public Reply send(Letter letter) throws NoReplyException {
    return courier.send(letter.api(), letter.message());
  }

  @Override
  public Reply sendAtOnce(Letter letter) throws NoReplyException {
    return courier.sendAtOnce(letter.api(), letter.message());
  }

  @Override
  public boolean waitOut(Letter letter, int waits) {
    return courier.waitOut(letter.api(), waits);
  }

  @Override
  public void answered(Letter letter) {
    courier.letThrough(letter.api());
  }

  @Override
  public <T> T alone(Api api, Callable<T> burst) throws Exception {
    return courier.alone(api, burst);
  }

  @Override
  public boolean leftUnanswered(Asked asked) {
    return false;
  }

  @Override
  public Traffic traffic() {
    return courier.traffic();
  }

  @Override
  public void close() {
    courier.close();
  }
}
