#include "shared/net/tls.hpp"

#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include "shared/base/hash.hpp"
#include "shared/net/tls_context.hpp"

namespace hoso::net {
namespace {

struct Free {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
    void operator()(X509* certificate) const { X509_free(certificate); }
    void operator()(BIO* bio) const { BIO_free_all(bio); }
};
template <typename T>
using Owned = std::unique_ptr<T, Free>;

std::string text_of(BIO* bio) {
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio, &data);
    return {data, static_cast<std::size_t>(size)};
}

Owned<X509> sign_own(EVP_PKEY* key, std::string_view name) {
    Owned<X509> certificate{X509_new()};
    X509_set_version(certificate.get(), X509_VERSION_3);
    std::uint64_t serial = 0;
    CHECK(RAND_bytes(reinterpret_cast<unsigned char*>(&serial), sizeof serial) == 1);
    ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate.get()), serial >> 1);
    // Nobody looks at the dates; the pin is what counts.
    ASN1_TIME_set_string(X509_getm_notBefore(certificate.get()), "19700101000000Z");
    ASN1_TIME_set_string(X509_getm_notAfter(certificate.get()), "99991231235959Z");
    X509_NAME* subject = X509_get_subject_name(certificate.get());
    const std::string common = std::string{name.substr(0, 64)};
    X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, reinterpret_cast<const unsigned char*>(common.data()),
                               static_cast<int>(common.size()), -1, 0);
    X509_set_issuer_name(certificate.get(), subject);
    X509_set_pubkey(certificate.get(), key);
    CHECK(X509_sign(certificate.get(), key, EVP_sha256()) > 0);
    return certificate;
}

Pin pin_of(X509* certificate) {
    unsigned char* der = nullptr;
    const int size = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(certificate), &der);
    CHECK(size > 0);
    const Pin pin = sha256(ByteSpan{der, static_cast<std::size_t>(size)});
    OPENSSL_free(der);
    return pin;
}

TlsContext context(boost::asio::ssl::context::method method) {
    auto made = std::make_shared<boost::asio::ssl::context>(method);
    SSL_CTX* raw = made->native_handle();
    SSL_CTX_set_min_proto_version(raw, TLS1_3_VERSION);
    SSL_CTX_set_max_proto_version(raw, TLS1_3_VERSION);
    SSL_CTX_set_mode(raw, SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_session_cache_mode(raw, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_num_tickets(raw, 0);  // a resumed session would not show its key
    return made;
}

}  // namespace

Identity make_identity(std::string_view name) {
    const Owned<EVP_PKEY> key{EVP_EC_gen("P-256")};
    CHECK(key != nullptr);
    const Owned<X509> certificate = sign_own(key.get(), name);
    const Owned<BIO> key_text{BIO_new(BIO_s_mem())};
    const Owned<BIO> certificate_text{BIO_new(BIO_s_mem())};
    CHECK(PEM_write_bio_PrivateKey(key_text.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) == 1);
    CHECK(PEM_write_bio_X509(certificate_text.get(), certificate.get()) == 1);
    return {text_of(key_text.get()), text_of(certificate_text.get())};
}

Result<Pin> pin_of(std::string_view certificate_pem) {
    const Owned<BIO> text{BIO_new_mem_buf(certificate_pem.data(), static_cast<int>(certificate_pem.size()))};
    const Owned<X509> certificate{PEM_read_bio_X509(text.get(), nullptr, nullptr, nullptr)};
    if (!certificate) return Error{Errc::invalid, "This is no certificate in PEM form."};
    return pin_of(certificate.get());
}

Result<TlsContext> server_context(const Identity& identity) {
    TlsContext made = context(boost::asio::ssl::context::tls_server);
    boost::system::error_code error;
    made->use_certificate_chain(boost::asio::buffer(identity.certificate_pem), error);
    if (!error) made->use_private_key(boost::asio::buffer(identity.key_pem), boost::asio::ssl::context::pem, error);
    if (error) return Error{Errc::invalid, "The TLS key and certificate cannot be used: " + error.message() + "."};
    return made;
}

TlsContext client_context() {
    TlsContext made = context(boost::asio::ssl::context::tls_client);
    made->set_verify_mode(boost::asio::ssl::verify_none);  // the pin is compared instead, before anything is sent
    return made;
}

Pin pin_of_peer(SSL* tls) {
    const Owned<X509> certificate{SSL_get1_peer_certificate(tls)};
    return certificate ? pin_of(certificate.get()) : Pin{};
}

Hash exporter_of(SSL* tls) {
    static constexpr std::string_view label = "EXPORTER-Channel-Binding";
    Hash made;
    const Byte nothing = 0;
    CHECK(SSL_export_keying_material(tls, made.bytes.data(), made.bytes.size(), label.data(), label.size(), &nothing, 0, 1) == 1);
    return made;
}

}  // namespace hoso::net
