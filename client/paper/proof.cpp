#include "client/paper/proof.hpp"

#include <algorithm>

namespace hoso::client::paper {
namespace {

constexpr std::string_view alone = "hoso:gcn:1:";
constexpr std::string_view behind = "#gcn:1:";

int digit_of(char letter) {
    if (letter >= '0' && letter <= '9') return letter - '0';
    if (letter >= 'A' && letter <= 'F') return letter - 'A' + 10;
    return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
}

std::string out_of_address(std::string_view text) {
    std::string made;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const int high = text[at] == '%' && at + 2 < text.size() ? digit_of(text[at + 1]) : -1;
        const int low = high >= 0 ? digit_of(text[at + 2]) : -1;
        made += low >= 0 ? static_cast<char>(high * 16 + low) : text[at];
        if (low >= 0) at += 2;
    }
    return made;
}

// "LOG:DECISION_ACTION", each in hex.
std::optional<Proof> named(std::string_view ids, std::string_view number) {
    const auto colon = ids.find(':');
    if (colon == std::string_view::npos || number.empty()) return std::nullopt;
    const auto log = LogId::from_hex(ids.substr(0, colon));
    const auto decision = ActionId::from_hex(ids.substr(colon + 1));
    if (!log || !decision) return std::nullopt;
    return Proof{*log, *decision, out_of_address(number)};
}

}  // namespace

std::string in_address(std::string_view text) {
    constexpr std::string_view plain = "-._~/";
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string made;
    for (const char letter : text) {
        const auto byte = static_cast<unsigned char>(letter);
        const bool kept = (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
                          (letter >= '0' && letter <= '9') || plain.find(letter) != std::string_view::npos;
        if (kept) {
            made += letter;
        } else {
            made += {'%', digits[byte >> 4], digits[byte & 15]};
        }
    }
    return made;
}

std::string proof_text(const Proof& proof, std::string_view lookup) {
    const std::string ids = proof.log.hex() + ":" + proof.decision.hex();
    const std::string number = in_address(proof.number);
    if (lookup.empty()) return std::string(alone) + ids + ":" + number;
    return std::string(lookup) + std::string(lookup_path) + number + std::string(behind) + ids;
}

std::optional<Proof> proof_from_text(std::string_view text) {
    if (text.starts_with(alone)) {
        text.remove_prefix(alone.size());
        const auto last = text.find(':', std::min(text.find(':'), text.size() - 1) + 1);
        if (text.empty() || last == std::string_view::npos) return std::nullopt;
        return named(text.substr(0, last), text.substr(last + 1));
    }
    const auto path = text.find(lookup_path, text.find("://") + 3), ids = text.rfind(behind);
    if (!text.starts_with("https://") || path == std::string_view::npos || ids == std::string_view::npos || ids < path)
        return std::nullopt;
    const auto number = path + lookup_path.size();
    return named(text.substr(ids + behind.size()), text.substr(number, ids - number));
}

}  // namespace hoso::client::paper
