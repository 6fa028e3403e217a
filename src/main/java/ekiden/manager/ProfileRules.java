package ekiden.manager;

import ekiden.model.definition.AfterReceive;
import ekiden.model.definition.Retention;
import java.util.Optional;

/** What mail profiles say of their own, asked when it is needed: settings change while a manager runs. Safe from any thread. */
public interface ProfileRules {
    /**
     * @param profile a profile's name
     * @return what it says is done with each mail of its that was taken
     */
    Optional<AfterReceive> after(String profile);

    /**
     * @param profile a profile's name
     * @return when saved files of its jobs may go where a job does not say
     */
    default Optional<Retention> retention(String profile) {
        return Optional.empty();
    }
}
