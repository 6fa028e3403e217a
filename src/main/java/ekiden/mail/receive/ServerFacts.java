package ekiden.mail.receive;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a server says it is, for {@code profile test} and alarms.
 *
 * @param protocol for example {@code IMAP4rev1}
 * @param name what it calls itself (ID, RFC 2971, or its greeting), or null
 * @param capabilities after log-in, in upper case
 * @param security for example {@code TLSv1.3 TLS_AES_256_GCM_SHA384}, or {@code none}
 * @param authentication the mechanism that was used
 */
public record ServerFacts(
        String protocol, @Nullable String name, Set<String> capabilities, String security, String authentication) {}
