package asyncinfo.contract;

import java.util.List;

/** Problems of the files under {@code schemas/}, all at once, one line each. */
public final class ContractException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param problems one line each: file, line if known, problem and remedy
   */
  public ContractException(List<String> problems) {
    super(String.join(System.lineSeparator(), problems));
  }
}
