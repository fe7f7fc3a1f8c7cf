package asyncinfo.ratelimit;

import java.util.List;

/** The calls that share a budget. */
public enum Scope {
  /** As documented for API 3.0: those to one API, for one region, of one account. */
  DOCUMENTED {
    @Override
    public Object key(LimitKey key) {
      return List.of(key.api(), key.region(), key.account());
    }
  },
  /** Each connection has its own budget. */
  CONNECTION {
    @Override
    public Object key(LimitKey key) {
      return List.of(DOCUMENTED.key(key), key.connection());
    }
  },
  /** Each request format has its own budget. */
  FORMAT {
    @Override
    public Object key(LimitKey key) {
      return List.of(DOCUMENTED.key(key), key.format());
    }
  },
  /** Each resource that is named has its own budget. */
  SUBJECT {
    @Override
    public Object key(LimitKey key) {
      return List.of(DOCUMENTED.key(key), key.subject());
    }
  },
  /** All actions of a product share one. */
  ALL_ACTIONS {
    @Override
    public Object key(LimitKey key) {
      return List.of(LimitedApi.product(key.api()), key.region(), key.account());
    }
  },
  /** All APIs share one. */
  ALL_APIS {
    @Override
    public Object key(LimitKey key) {
      return List.of(key.region(), key.account());
    }
  },
  /** All regions share one. */
  ALL_REGIONS {
    @Override
    public Object key(LimitKey key) {
      return List.of(key.api(), key.account());
    }
  },
  /** All accounts share one. */
  ALL_ACCOUNTS {
    @Override
    public Object key(LimitKey key) {
      return List.of(key.api(), key.region());
    }
  };

  /** Returns a value that is equal for calls that share a budget. */
  public abstract Object key(LimitKey key);
}
