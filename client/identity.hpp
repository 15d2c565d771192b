#pragma once

#include <filesystem>
#include <string>

#include "shared/base/date.hpp"
#include "shared/base/id.hpp"
#include "shared/base/result.hpp"

// The small files of a desk that say who it is and which province's log it belongs to.
namespace hoso::client {

// How to reach a province and know it again. Part of a slip, of a founder's join file and of join.json.
struct Province {
    std::string address;  // host:port
    Hash pin;             // SHA-256 of the server's public key (SPKI): compared instead of certificate dates and names
    LogId log;
    std::string origin;
    PublicKey log_key;
    bool training = false;
    Bytes genesis;         // the leaf at position 0
    std::string lookup{};  // "https://HOST" where anyone looks up certificates; empty: none that is known
};

// What an administrator hands over once, as a file: whoever holds it may enrol one desk, or add one officer to an enrolled desk.
struct Slip {
    Province province;
    Uuid slip;
    std::array<Byte, 32> secret{};  // Ed25519 seed; the log holds the public half
    AccountId account;
    UnitId unit;
    Instant expires = 0;
};

// join.json: written before the first contact, never changed after.
struct Identity {
    Province province;
    DeviceId device;
    std::uint32_t epoch = 0;
    AccountId account;  // whose key came first on this desk
    UnitId unit;        // nil: a founder's desk
    Uuid slip;          // nil: a founder's desk
    bool founder() const { return slip.is_nil(); }
    bool training() const { return province.training; }
};

// A founder's public half, for `hoso-server init`; officer and device keys stay on the desk.
struct FounderCard {
    AccountId account;
    std::string title;
    PublicKey officer_key;
    DeviceId device;
    PublicKey device_key;
};

// "https://HOST" or "https://HOST:PORT", of letters, digits, dots and hyphens: it is printed in QR codes.
bool is_lookup_address(std::string_view text);

// Writers give pretty enough JSON for people. Readers: Errc::invalid for another form, Errc::version for a newer one, Errc::corrupt
// when genesis, log id, origin, log key and training do not belong together.
std::string to_json(const Slip& slip);
std::string to_json(const Province& province);  // a join file
std::string to_json(const Identity& identity);
std::string to_json(const FounderCard& card);
Result<Slip> slip_from_json(std::string_view json);
Result<Province> province_from_json(std::string_view json);
Result<Identity> identity_from_json(std::string_view json);
Result<FounderCard> card_from_json(std::string_view json);

}  // namespace hoso::client
