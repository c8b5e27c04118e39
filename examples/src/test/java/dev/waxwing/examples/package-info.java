/** Each example does what it says, also when it is run again, stopped or on several workers. */
package dev.waxwing.examples;
