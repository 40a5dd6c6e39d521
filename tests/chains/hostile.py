"""hostile.py - writes chains that nobody made in good faith, by hand in DER: a file a case into the
folder that is given, named by what is odd about it. Signatures are made up: only names link them.
Standard library only.
SPDX-License-Identifier: MIT
"""
import base64
import hashlib
import math
import os
import sys

HOST = b"shop.example"
# The generator of P-256: a key that reads well.
POINT = bytes.fromhex("046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
                      "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5")


def tlv(tag, *parts):
    body = b"".join(parts)
    n = len(body)
    if n < 128:
        return bytes([tag, n]) + body
    size = (n.bit_length() + 7) // 8
    return bytes([tag, 0x80 | size]) + n.to_bytes(size, "big") + body


def children(der):
    """The elements of an outer one, whole."""
    at = 2 + (der[1] & 0x7F if der[1] & 0x80 else 0)
    while at < len(der):
        n, head = der[at + 1], 2
        if n & 0x80:
            head += n & 0x7F
            n = int.from_bytes(der[at + 2:at + head], "big")
        yield der[at:at + head + n]
        at += head + n


def sequence(*parts):
    return tlv(0x30, *parts)


def integer(n):
    return tlv(0x02, n.to_bytes(n.bit_length() // 8 + 1, "big", signed=True))


def oid(text):
    first, second, *rest = map(int, text.split("."))
    out = bytes([first * 40 + second])
    for n in rest:
        part = bytes([n & 0x7F])
        while n := n >> 7:
            part = bytes([0x80 | n & 0x7F]) + part
        out += part
    return tlv(0x06, out)


ECDSA = sequence(oid("1.2.840.10045.4.3.2"))
EC_KEY = sequence(sequence(oid("1.2.840.10045.2.1"), oid("1.2.840.10045.3.1.7")),
                  tlv(0x03, b"\0", POINT))
SIGNATURE = tlv(0x03, b"\0", sequence(integer(12345), integer(67890)))
UTC_FROM, UTC_TO = tlv(0x17, b"200101000000Z"), tlv(0x17, b"400101000000Z")


def name(cn, tag=0x0C):
    return sequence(tlv(0x31, sequence(oid("2.5.4.3"), tlv(tag, cn))))


def extension(which, body, critical=False):
    return sequence(oid(which), tlv(0x01, b"\xff") if critical else b"", tlv(0x04, body))


def names(*list_of):
    return extension("2.5.29.17", sequence(*(tlv(0x82, n) for n in list_of)))


AUTHORITY = extension("2.5.29.19", sequence(tlv(0x01, b"\xff")), True)


def rsa_key(modulus, exponent):
    return sequence(sequence(oid("1.2.840.113549.1.1.1"), tlv(0x05)),
                    tlv(0x03, b"\0", sequence(integer(modulus), integer(exponent))))


def certificate(subject=HOST, issuer=b"CA", serial=1, raw_serial=None, raw_subject=None,
                raw_issuer=None, times=(UTC_FROM, UTC_TO), key=EC_KEY, extensions=None,
                version=2, algorithm=ECDSA, signature=SIGNATURE):
    extensions = [names(HOST)] if extensions is None else extensions
    body = sequence(
        tlv(0xA0, integer(version)), raw_serial or integer(serial), algorithm,
        raw_issuer or name(issuer), sequence(*times), raw_subject or name(subject), key,
        tlv(0xA3, sequence(*extensions)) if extensions else b"")
    return sequence(body, algorithm, signature)


def authority(subject, issuer, **more):
    return certificate(subject, issuer, extensions=[AUTHORITY], **more)


def pem(*ders):
    out = b""
    for der in ders:
        text = base64.b64encode(der)
        lines = [text[i:i + 64] for i in range(0, len(text), 64)]
        out += b"\n".join([b"-----BEGIN CERTIFICATE-----", *lines, b"-----END CERTIFICATE-----", b""])
    return out


def long_chains():
    row = [b"CA %d" % i for i in range(101)]
    yield "hundred", pem(certificate(issuer=row[0]),
                         *(authority(row[i], row[i + 1]) for i in range(99)))
    yield "hundred-of-one-name", pem(certificate(), *(authority(b"CA", b"CA", serial=i)
                                                      for i in range(2, 101)))
    yield "same-hundred-times", pem(*[certificate()] * 100)
    yield "sixteen-of-one-name", pem(certificate(), *(authority(b"CA", b"CA", serial=i)
                                                      for i in range(2, 17)))
    yield "loop-of-two", pem(certificate(issuer=b"A"), authority(b"A", b"B"), authority(b"B", b"A"))
    ring = [b"R%d" % i for i in range(15)]
    yield "loop-of-fifteen", pem(certificate(issuer=ring[0]), *(
        authority(ring[i], ring[(i + 1) % 15]) for i in range(15)))
    yield "issued-by-itself", pem(certificate(issuer=HOST))
    yield "leaf-over-its-authority", pem(certificate(issuer=b"A"), authority(b"A", HOST))


def sizes():
    yield "extension-of-a-mebibyte", pem(certificate(
        extensions=[names(HOST), extension("1.3.6.1.4.1.99999.7", b"\0" * (1 << 20))]))
    yield "middle-of-a-mebibyte", pem(certificate(issuer=b"A"), certificate(
        b"A", b"B", extensions=[AUTHORITY, extension("1.3.6.1.4.1.99999.7", b"\0" * (1 << 20))]))
    yield "many-names", pem(certificate(extensions=[names(*(b"n%d.example" % i
                                                            for i in range(4000)))]))
    yield "many-extensions", pem(certificate(extensions=[
        extension("1.3.6.1.4.1.99999.%d" % i, b"\5\0") for i in range(2000)]))
    yield "one-extension-often", pem(certificate(extensions=[names(HOST)] * 900))
    yield "long-name", pem(certificate(b"x" * 60000))
    yield "many-parts-of-a-name", pem(certificate(raw_subject=sequence(*(
        tlv(0x31, sequence(oid("2.5.4.3"), tlv(0x0C, b"part"))) for _ in range(3000)))))
    yield "many-addresses-of-issuers", pem(certificate(extensions=[names(HOST), extension(
        "1.3.6.1.5.5.7.1.1", sequence(*(sequence(oid("1.3.6.1.5.5.7.48.2"), tlv(
            0x86, b"http://127.0.0.1:1/%d" % i)) for i in range(900))))]))
    deep = b""
    for _ in range(12000):
        deep = tlv(0x30, deep)
        if len(deep) > 50000:
            break
    yield "deep", pem(certificate(extensions=[names(HOST), extension("2.5.29.30", deep)]))


def serials():
    yield "serial-negative", pem(certificate(serial=-1))
    yield "serial-zero", pem(certificate(serial=0))
    yield "serial-huge", pem(certificate(serial=1 << 30000))
    yield "serial-empty", pem(certificate(raw_serial=b"\2\0"))
    yield "serial-is-text", pem(certificate(raw_serial=tlv(0x0C, b"one")))


def odd_names():
    empty = sequence()
    yield "names-of-no-parts", pem(certificate(raw_subject=empty, raw_issuer=empty),
                                   certificate(raw_subject=empty, raw_issuer=empty,
                                               extensions=[AUTHORITY], serial=2))
    yield "name-of-no-length", pem(certificate(b"", b""))
    yield "name-bad-utf8", pem(certificate(b"\xff\xfe\xc0\x80shop\xed\xa0\x80"))
    yield "name-with-controls", pem(certificate(b"\x1b]0;owned\x07\x1b[2J\r\nAnswer\n\x9b31m"))
    yield "name-right-to-left", pem(certificate("\u202egpj.exe \u2066\u200b".encode()))
    yield "name-with-nul", pem(certificate(HOST + b"\0.evil.example",
                                           extensions=[names(HOST + b"\0.evil.example")]))
    yield "name-bmp", pem(certificate(raw_subject=name("sh\u00f6p".encode("utf-16-be"), 0x1E)))
    yield "name-bmp-odd", pem(certificate(raw_subject=name(b"abc", 0x1E)))
    yield "alternative-names-broken", pem(certificate(
        extensions=[extension("2.5.29.17", b"\x30\x84\xff\xff\xff\xff\x82")]))
    yield "alternative-names-empty", pem(certificate(extensions=[names()]))
    yield "alternative-name-empty", pem(certificate(extensions=[names(b"")]))
    yield "address-of-three-bytes", pem(certificate(
        extensions=[extension("2.5.29.17", sequence(tlv(0x87, b"abc")))]))


def odd_times():
    for label, tag, text in (
            ("fraction", 0x18, b"20200101000000.123Z"), ("no-zone", 0x18, b"20200101000000"),
            ("offset", 0x18, b"20200101000000+0100"), ("year-zero", 0x18, b"00000101000000Z"),
            ("year-9999", 0x18, b"99991231235959Z"), ("month-13", 0x18, b"20201301000000Z"),
            ("day-32", 0x18, b"20200132000000Z"), ("empty", 0x18, b""), ("letters", 0x18, b"never"),
            ("second-60", 0x18, b"20161231235960Z"), ("no-seconds", 0x17, b"2001010000Z"),
            ("utc-year-50", 0x17, b"500101000000Z"), ("minus", 0x18, b"-0010101000000Z"),
            ("early-general", 0x18, b"20200101000000Z"), ("long", 0x18, b"2" * 5000)):
        odd = tlv(tag, text)
        yield f"from-{label}", pem(certificate(times=(odd, UTC_TO)))
        yield f"until-{label}", pem(certificate(times=(UTC_FROM, odd)))
    yield "until-before-from", pem(certificate(times=(UTC_TO, UTC_FROM)))


def odd_parts():
    yield "depth-huge", pem(certificate(issuer=b"A"), certificate(b"A", b"B", extensions=[
        extension("2.5.29.19", sequence(tlv(0x01, b"\xff"), integer(1 << 200)), True)]))
    yield "depth-negative", pem(certificate(issuer=b"A"), certificate(b"A", b"B", extensions=[
        extension("2.5.29.19", sequence(tlv(0x01, b"\xff"), integer(-5)), True)]))
    for which in ("2.5.29.15", "2.5.29.19", "2.5.29.30", "2.5.29.35", "2.5.29.37", "2.5.29.14",
                  "1.3.6.1.5.5.7.1.1", "1.3.6.1.5.5.7.1.24", "1.3.6.1.4.1.11129.2.4.2"):
        for label, body in (("empty", b""), ("garbage", b"\x30\x03\x02\x05\xff"), ("null", b"\5\0")):
            yield f"{label}-{which}", pem(certificate(
                extensions=[names(HOST), extension(which, body, True)]))
    yield "version-hundred", pem(certificate(version=100))
    yield "version-one-with-extensions", pem(certificate(version=0))
    yield "algorithm-unknown", pem(certificate(algorithm=sequence(oid("1.3.6.1.4.1.99999.9"))))
    yield "signature-empty", pem(certificate(signature=b"\3\0"))
    yield "key-empty", pem(certificate(key=sequence()))
    yield "key-of-one-bit", pem(certificate(key=rsa_key(1, 1)))
    yield "key-of-even-modulus", pem(certificate(key=rsa_key(1 << 2047, 65537)))
    huge = (1 << 65535) + 12345
    rsa = sequence(oid("1.2.840.113549.1.1.11"), tlv(0x05))
    yield "key-of-65536-bits", pem(*(certificate(
        b"S", b"S", serial=i, key=rsa_key(huge, 65537), algorithm=rsa,
        signature=tlv(0x03, b"\0", b"\1" * 8192)) for i in range(8)))
    big = (1 << 16383) + 12345
    yield "key-of-a-long-exponent", pem(*(certificate(
        b"S", b"S", serial=i, key=rsa_key(big, big - 2), algorithm=rsa,
        signature=tlv(0x03, b"\0", b"\1" * 2048)) for i in range(16)))


def is_prime(n):
    """Miller and Rabin; these bases are enough below 2^64 (Sorenson and Webster, 2015)."""
    odd, twos = n - 1, 0
    while odd % 2 == 0:
        odd, twos = odd // 2, twos + 1
    for base in (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37):
        x = pow(base, odd, n)
        if x not in (1, n - 1) and all((x := x * x % n) != n - 1 for _ in range(twos - 1)):
            return False
    return True


class SlowKeys:
    """RSA with 16,384 bits and exponents of 64: the modulus is a product of 256 primes of 64 bits,
    so that nothing is searched for long, and each prime's part of a signature is a moment's work.
    The keys differ in their exponents: primes too, and larger than half of any p - 1."""

    def __init__(self):
        primes = filter(is_prime, range(2**64 - 1, 2**63, -2))
        self.primes = [next(primes) for _ in range(256)]
        self.modulus = math.prod(self.primes)
        parts = [self.modulus // p for p in self.primes]
        self.units = [part * pow(part, -1, p) for part, p in zip(parts, self.primes)]
        self.exponents = [next(primes) for _ in range(14)]

    def key(self, i):
        return rsa_key(self.modulus, self.exponents[i])

    def sign(self, i, body):
        """RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017 9.2)."""
        digest = sequence(sequence(oid("2.16.840.1.101.3.4.2.1"), tlv(0x05)),
                          tlv(0x04, hashlib.sha256(body).digest()))
        size = 16384 // 8
        m = int.from_bytes(b"\0\1" + b"\xff" * (size - 3 - len(digest)) + b"\0" + digest, "big")
        roots = (pow(m % p, pow(self.exponents[i], -1, p - 1), p) for p in self.primes)
        s = sum(root * unit for root, unit in zip(roots, self.units)) % self.modulus
        return tlv(0x03, b"\0", s.to_bytes(size, "big"))


RSA_SHA256 = sequence(oid("1.2.840.113549.1.1.11"), tlv(0x05))


def slow_chains():
    """Good signatures, by keys that make each check as slow as a key that we check can be."""
    keys = SlowKeys()

    def signed(by, build, *which, **more):
        body = build(*which, algorithm=RSA_SHA256, signature=b"", **more)
        body = next(children(body))
        return sequence(body, RSA_SHA256, keys.sign(by, body))

    row = [b"Slow CA %d" % i for i in range(15)]
    leaf = signed(0, certificate, HOST, row[0])
    chain = [signed(i + 1, authority, row[i], row[i + 1], key=keys.key(i)) for i in range(13)]
    yield "fourteen-slow-authorities", pem(
        leaf, *chain, signed(13, authority, row[13], row[13], key=keys.key(13)))
    yield "fourteen-slow-ones-of-one-name", pem(signed(13, certificate, HOST, b"S"), *(
        signed((i + 1) % 14, authority, b"S", b"S", serial=i, key=keys.key(i)) for i in range(14)))


def odd_files():
    der = certificate()
    yield "two-in-der", der + authority(b"CA", b"CA")
    for eighth in range(1, 8):
        yield f"cut-at-{eighth}", der[:len(der) * eighth // 8]
        yield f"pem-cut-at-{eighth}", pem(der)[:len(pem(der)) * eighth // 8]
        yield f"body-cut-at-{eighth}", pem(der[:len(der) * eighth // 8])
    yield "garbage-behind", der + b"\xff" * 1000
    yield "no-end", b"\x30\x80" + der
    yield "length-of-eight-bytes", b"\x30\x88" + b"\xff" * 8 + der
    yield "only-begins", b"-----BEGIN CERTIFICATE-----\n" * 100000
    yield "no-base64", b"-----BEGIN CERTIFICATE-----\n\x1b[31m!!!\n-----END CERTIFICATE-----\n"
    yield "crlf-and-text", b"Bag Attributes\r\n" + pem(der).replace(b"\n", b"\r\n") + b"\0tail"
    yield "empty", b""
    yield "zeros", b"\0" * 100000
    yield "too-large", pem(der) * 20000
    bag = sequence(oid("1.2.840.113549.1.7.2"), tlv(0xA0, sequence(
        integer(1), tlv(0x31), sequence(oid("1.2.840.113549.1.7.1")),
        tlv(0xA0, *(authority(b"CA %d" % i, b"CA %d" % (i + 1)) for i in range(1000)), der),
        tlv(0x31))))
    yield "bag-of-thousand", bag
    yield "bag-of-nothing", sequence(oid("1.2.840.113549.1.7.2"), tlv(0xA0, sequence(
        integer(1), tlv(0x31), sequence(oid("1.2.840.113549.1.7.1")), tlv(0x31))))


def main():
    folder = sys.argv[1]
    for family in (long_chains, sizes, serials, odd_names, odd_times, odd_parts, slow_chains,
                   odd_files):
        for label, content in family():
            with open(os.path.join(folder, label), "wb") as out:
                out.write(content)


main()
