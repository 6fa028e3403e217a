package ekiden.model.mail;

import java.util.List;

/** The header of a mail, asked by name. */
@FunctionalInterface
public interface HeaderValues {
    /**
     * @param name of a field; case does not matter
     * @return the values of all fields of that name from the top, decoded, each as one line; empty where there is none
     */
    List<String> of(String name);
}
