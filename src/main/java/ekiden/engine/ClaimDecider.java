package ekiden.engine;

import ekiden.model.definition.ReceiveMail.ClaimRule;
import ekiden.model.run.Claim;
import ekiden.model.run.Watch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Decides which of the matching watches take a mail. Pure. */
public final class ClaimDecider {
    private static final Comparator<Watch> TURN = Comparator.<Watch>comparingInt(
                    watch -> -watch.rule().priority())
            .thenComparing(Watch::created)
            .thenComparing(Watch::id);

    private ClaimDecider() {}

    /**
     * Of the watches with {@code first} or {@code exclusive} only one takes a mail: the highest priority, then the oldest. If that one is
     * {@code exclusive}, nobody else takes it. The watches with {@code all} take it otherwise. What is claimed already stays claimed.
     *
     * @param matching live watches that match the mail
     * @param claimed claims on it that are there already
     * @return those that take it, the one whose turn is first in front
     */
    public static List<Watch> takers(List<Watch> matching, List<Claim> claimed) {
        if (claimed.stream().anyMatch(claim -> claim.rule() == ClaimRule.EXCLUSIVE)) {
            return List.of();
        }
        boolean single = claimed.stream().anyMatch(claim -> claim.rule() == ClaimRule.FIRST);
        List<Watch> open = matching.stream()
                .filter(watch ->
                        claimed.stream().noneMatch(claim -> claim.watch().equals(watch.id())))
                .sorted(TURN)
                .toList();
        Optional<Watch> one = open.stream()
                .filter(watch -> watch.rule().claim() != ClaimRule.ALL)
                .filter(watch -> !single && (watch.rule().claim() == ClaimRule.FIRST || claimed.isEmpty()))
                .findFirst();
        if (one.isPresent() && one.get().rule().claim() == ClaimRule.EXCLUSIVE) {
            return List.of(one.get());
        }
        List<Watch> takers = new ArrayList<>(one.stream().toList());
        open.stream().filter(watch -> watch.rule().claim() == ClaimRule.ALL).forEach(takers::add);
        return takers;
    }
}
