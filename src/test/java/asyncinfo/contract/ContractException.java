package asyncinfo.contract;

import java.util.List;

/** What is wrong with the files under {@code schemas/}, all problems at once, one line each. */
public final class ContractException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param problems one line each: file, line where known, what is wrong and what to do
   */
  public ContractException(List<String> problems) {
    super(String.join(System.lineSeparator(), problems));
  }
}
