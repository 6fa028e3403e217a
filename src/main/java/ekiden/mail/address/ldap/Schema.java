package ekiden.mail.address.ldap;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.SearchResultEntry;
import ekiden.mail.address.BookSettings;
import ekiden.mail.address.BookSettings.Preset;
import ekiden.mail.address.Entry;
import ekiden.mail.address.Names;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which attributes mean what, and what an entry of a directory is.
 *
 * @param names attributes with whole names, account names, readings
 * @param parts attributes with family and given names
 * @param addresses attributes with addresses, the best first
 * @param anr whether the server resolves ambiguous names itself (Active Directory)
 * @param open whether lists with an address of their own are opened here all the same
 */
record Schema(List<String> names, List<Parts> parts, List<String> addresses, boolean anr, boolean open) {
    private static final Set<String> GROUPS = Set.of("group", "groupofnames", "groupofuniquenames", "nismailalias");
    private static final List<String> DETAILS = List.of("department", "ou", "o", "title");
    private static final String PROXY = "proxyAddresses";
    private static final int MOST_NAMES = 50;

    /** Attributes with the members of a list. */
    static final List<String> MEMBERS = List.of("member", "uniqueMember", "rfc822MailMember");

    /** Family and given name of one kind. */
    record Parts(String family, String given) {}

    static Schema of(BookSettings.Ldap settings) {
        boolean active = settings.preset() == Preset.ACTIVE_DIRECTORY;
        List<String> names = !settings.names().isEmpty()
                ? settings.names()
                : active
                        ? List.of("cn", "displayName", "sAMAccountName", "mailNickname", "msDS-PhoneticDisplayName")
                        : List.of("cn", "displayName", "uid");
        List<Parts> parts = active
                ? List.of(new Parts("sn", "givenName"), new Parts("msDS-PhoneticLastName", "msDS-PhoneticFirstName"))
                : List.of(new Parts("sn", "givenName"));
        List<String> addresses = !settings.addresses().isEmpty()
                ? settings.addresses()
                : active ? List.of(PROXY, "mail", "targetAddress") : List.of("mail");
        return new Schema(names, parts, addresses, active, settings.lists() == BookSettings.Lists.EXPAND);
    }

    /** What a search asks of each entry; members are asked for by themselves. */
    String[] wanted() {
        Set<String> wanted = new LinkedHashSet<>(names);
        parts.forEach(two -> wanted.addAll(List.of(two.family(), two.given())));
        wanted.addAll(addresses);
        wanted.addAll(DETAILS);
        wanted.addAll(List.of("objectClass", "cn", "displayName"));
        return wanted.toArray(String[]::new);
    }

    /** An entry of the directory as one of the book. */
    Entry entry(SearchResultEntry found) {
        List<String> called = called(found);
        String name = first(found, List.of("displayName", "cn"));
        String shown = name != null ? name : called.isEmpty() ? found.getDN() : called.getFirst();
        String detail = first(found, DETAILS);
        String address = address(found);
        boolean group = found.hasAttribute("objectClass")
                && Arrays.stream(found.getObjectClassValues())
                        .anyMatch(one -> GROUPS.contains(one.toLowerCase(Locale.ROOT)));
        String about = detail == null ? "" : detail;
        return group
                ? new Entry.Group(found.getDN(), shown, about, called, open ? null : address, List.of())
                : new Entry.Person(found.getDN(), shown, about, called, address);
    }

    /** All values that name it, those with options too: {@code cn;lang-ja;phonetic} (RFC 4512 §2.5). */
    private List<String> called(SearchResultEntry found) {
        Set<String> called = new LinkedHashSet<>();
        for (String attribute : names) {
            for (Attribute one : found.getAttributesWithOptions(attribute, null)) {
                called.addAll(Arrays.asList(one.getValues()));
            }
        }
        for (Parts two : parts) {
            Map<String, String> families = byOptions(found, two.family());
            byOptions(found, two.given()).forEach((options, given) -> {
                String family = families.get(options);
                if (family != null) {
                    called.addAll(Names.of(List.of(), family, given));
                }
            });
        }
        return called.stream().limit(MOST_NAMES).toList();
    }

    private static Map<String, String> byOptions(SearchResultEntry found, String attribute) {
        Map<String, String> values = new LinkedHashMap<>();
        for (Attribute one : found.getAttributesWithOptions(attribute, null)) {
            Set<String> options = new TreeSet<>();
            one.getOptions().forEach(option -> options.add(option.toLowerCase(Locale.ROOT)));
            values.putIfAbsent(options.toString(), one.getValue());
        }
        return values;
    }

    private static @Nullable String first(SearchResultEntry found, List<String> attributes) {
        for (String attribute : attributes) {
            String value = found.getAttributeValue(attribute);
            if (value != null && !value.isBlank()) {
                return value;
            }
        }
        return null;
    }

    /** Of {@code proxyAddresses} the primary one, {@code SMTP:} in capitals; of others the first. */
    private @Nullable String address(SearchResultEntry found) {
        for (String attribute : addresses) {
            List<String> values = new ArrayList<>();
            String[] all = found.getAttributeValues(attribute);
            for (String value : all == null ? new String[0] : all) {
                boolean proxy = attribute.equalsIgnoreCase(PROXY);
                boolean prefixed = value.regionMatches(!proxy, 0, "SMTP:", 0, 5);
                if (prefixed || !proxy) {
                    values.add(prefixed ? value.substring(5) : value);
                }
            }
            if (!values.isEmpty()) {
                return values.getFirst();
            }
        }
        return null;
    }
}
