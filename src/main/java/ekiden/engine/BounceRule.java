package ekiden.engine;

import ekiden.model.definition.SendMail;
import ekiden.model.definition.Work;
import ekiden.model.mail.Bounce;
import ekiden.model.mail.Returned;
import ekiden.model.run.Run;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whether a mail that came back starts a run of the jobnet that its job names in {@code on-bounce}. Whoever knows the Message-ID can write a bounce, so
 * one sent mail starts only so many runs, and what such a run sends starts none. Pure.
 */
public final class BounceRule {
    private BounceRule() {}

    /**
     * @param sender the run that sent the mail
     * @param work what its job does
     * @param before what was known of the mail
     * @param fresh what the mail says that came now, and was not known
     * @param most runs that one sent mail may start
     * @return the jobnet that is to be started once, or empty
     */
    public static Optional<String> starts(
            Run sender, Work work, List<Returned> before, List<Returned> fresh, int most) {
        if (!(work instanceof SendMail mail) || mail.extras().onBounce() == null || sender.bounce() != null) {
            return Optional.empty();
        }
        long earlier = before.stream()
                .filter(BounceRule::failed)
                .mapToLong(Returned::mail)
                .distinct()
                .count();
        // told once more by another mail system, under another code, it is no news
        boolean news = !missed(before).containsAll(missed(fresh));
        return news && earlier < most ? Optional.of(mail.extras().onBounce()) : Optional.empty();
    }

    /**
     * @param returned what became of mails
     * @return whom they did not reach, as {@link #whom} says
     */
    public static Set<String> missed(List<Returned> returned) {
        return returned.stream()
                .filter(BounceRule::failed)
                .map(BounceRule::whom)
                .collect(Collectors.toSet());
    }

    /**
     * @param returned what became of a mail
     * @return of which recipient it tells, in lower case: mail systems write an address back in other letters
     */
    public static String whom(Returned returned) {
        return returned.recipient().address().toLowerCase(Locale.ROOT);
    }

    /**
     * @param returned what became of a mail
     * @return whether it has left the mail system that told so: it has arrived, or somebody else is to bring it there
     */
    public static boolean handedOn(Returned returned) {
        return switch (returned.recipient().action()) {
            case DELIVERED, RELAYED, EXPANDED -> true;
            case FAILED, DELAYED -> false;
        };
    }

    /**
     * @param returned what became of a mail
     * @return whether it will not arrive
     */
    public static boolean failed(Returned returned) {
        return returned.recipient().action() == Bounce.Action.FAILED;
    }
}
