#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "shared/base/id.hpp"

// What a certificate's QR code says.
namespace hoso::client::paper {

// Which certificate it is, beyond its number: of which log, and by which signed decision.
struct Proof {
    LogId log;
    ActionId decision;
    std::string number;
    bool operator==(const Proof&) const = default;
};

inline constexpr std::string_view lookup_path = "/v/";  // of a certificate's page, before its number

// Letters beyond ASCII, and what an address reads as its own, are spelled with percent signs: readers of codes guess at what other
// bytes mean.
std::string in_address(std::string_view text);

// With the address of a public lookup, "https://HOST", a phone opens the certificate's page:
//     https://HOST/v/NUMBER#gcn:1:LOG:DECISION_ACTION
// What stands behind # stays in the phone; a later form may say more there. Without one, "hoso:gcn:1:LOG:DECISION_ACTION:NUMBER".
std::string proof_text(const Proof& proof, std::string_view lookup);
// Of either form; nothing for what is none.
std::optional<Proof> proof_from_text(std::string_view text);

}  // namespace hoso::client::paper
