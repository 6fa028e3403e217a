package ekiden.mail.match;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What conditions look at of one mail, each worked out when it is asked for first, once for all who ask. Belongs to one thread. */
final class MailValues {
    private final TestedMail mail;
    private final Map<Facet, Optional<List<String>>> values = new HashMap<>();
    private @Nullable String automatic;
    private boolean automaticAsked;

    MailValues(TestedMail mail) {
        Supplier<@Nullable String> attached = mail.attached();
        this.mail = attached == null ? mail : mail.withAttached(once(attached));
    }

    /** To read attachments costs as much as to read the mail. */
    private static Supplier<@Nullable String> once(Supplier<@Nullable String> attached) {
        List<@Nullable String> asked = new ArrayList<>(1);
        return () -> {
            if (asked.isEmpty()) {
                asked.add(attached.get());
            }
            return asked.getFirst();
        };
    }

    TestedMail mail() {
        return mail;
    }

    /** As {@link Facet#values}. */
    @Nullable
    List<String> of(Facet facet) {
        return values.computeIfAbsent(facet, asked -> Optional.ofNullable(asked.values(mail)))
                .orElse(null);
    }

    /** Whether they were worked out. */
    boolean has(Facet facet) {
        return values.containsKey(facet);
    }

    /** Somebody has worked out what {@link Facet#values} would say. */
    void put(Facet facet, List<String> known) {
        values.put(facet, Optional.of(known));
    }

    /** As {@link TestedMail#automatic}. */
    @Nullable
    String automatic() {
        if (!automaticAsked) {
            automaticAsked = true;
            automatic = mail.automatic();
        }
        return automatic;
    }
}
