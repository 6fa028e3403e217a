package ekiden.store;

import ekiden.model.run.Claim;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Claims; never removed while their mail or run is kept. */
public interface Claims {
    /**
     * A second claim of the same mail by the same watch ends the transaction as a conflict.
     *
     * @param claim a new claim
     */
    void insert(Claim claim);

    /**
     * Replaces the row of {@code claim.id()}.
     *
     * @param claim the changed claim
     */
    void update(Claim claim);

    /**
     * @param id the claim's id
     * @return it
     */
    Optional<Claim> find(String id);

    /**
     * @param mail a mail
     * @return all claims on it, oldest first
     */
    List<Claim> of(long mail);

    /**
     * @param run a run
     * @return all claims that started it or ended one of its jobs
     */
    List<Claim> of(UUID run);
}
