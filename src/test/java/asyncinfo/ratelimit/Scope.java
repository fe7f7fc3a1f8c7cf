package asyncinfo.ratelimit;

import java.util.List;

/** Which calls share a budget. */
public enum Scope {
  /** As documented for API 3.0: those to one API, for one region, of one account. */
  DOCUMENTED {
    @Override
    public Object key(LimitKey caller) {
      return List.of(caller.api(), caller.region(), caller.account());
    }
  },
  /** Each connection has a budget of its own. */
  CONNECTION {
    @Override
    public Object key(LimitKey caller) {
      return List.of(DOCUMENTED.key(caller), caller.connection());
    }
  },
  /** Each shape of a call has a budget of its own. */
  SHAPE {
    @Override
    public Object key(LimitKey caller) {
      return List.of(DOCUMENTED.key(caller), caller.format());
    }
  },
  /** Each thing that is asked about has a budget of its own. */
  SUBJECT {
    @Override
    public Object key(LimitKey caller) {
      return List.of(DOCUMENTED.key(caller), caller.subject());
    }
  },
  /** All APIs share one. */
  ALL_APIS {
    @Override
    public Object key(LimitKey caller) {
      return List.of(caller.region(), caller.account());
    }
  },
  /** All regions share one. */
  ALL_REGIONS {
    @Override
    public Object key(LimitKey caller) {
      return List.of(caller.api(), caller.account());
    }
  },
  /** All accounts share one. */
  ALL_ACCOUNTS {
    @Override
    public Object key(LimitKey caller) {
      return List.of(caller.api(), caller.region());
    }
  };

  /** Equal for calls that share a budget. */
  public abstract Object key(LimitKey caller);
}
