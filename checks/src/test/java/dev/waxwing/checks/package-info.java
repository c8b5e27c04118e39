/**
 * The rules of STYLE.md and ARCHITECTURE.md that a program can check. Each rule is a class that
 * returns what breaks it, as sentences; its test runs it on the whole repository and on a small bad
 * sample, so that a rule that has stopped seeing anything is noticed.
 */
package dev.waxwing.checks;
