/**
 * The home folder and the settings in it: {@code HOME/ekiden.yaml}, read with all problems at once; secrets; the check that the home
 * is ours alone and lies on a disk of this machine.
 *
 * <p>Only the home, the store and the address of the API can keep a process from starting. The mail section is read
 * apart: what is wrong there is told and kept out, everything else works, and it heals when the file is read again. Connects to
 * nothing. Uses java.nio.file directly: it runs before anything durable exists. Limits: {@link ekiden.yaml.YamlLimits},
 * {@link ekiden.config.SecretLimits}.
 */
@NullMarked
package ekiden.config;

import org.jspecify.annotations.NullMarked;
