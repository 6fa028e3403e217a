/**
 * Mails made by chance from a seed, with what they say: in every character set that mails use, under right, wrong and missing
 * labels, with headers and file names in every form. Two readers beside Ekiden's own are asked about the same mails: Angus
 * ({@link ekiden.testing.corpus.AngusReader}) and Python's email package ({@code bench/read_compare.py}).
 */
@NullMarked
package ekiden.testing.corpus;

import org.jspecify.annotations.NullMarked;
