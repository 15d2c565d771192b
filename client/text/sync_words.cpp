#include "client/text/sync_words.hpp"

namespace hoso::client {

SyncState sync_state(const SyncFacts& facts) {
    if (facts.refused > 0) return SyncState::needs_you;
    if (facts.waiting == 0) return SyncState::all_sent;
    if (facts.live) return SyncState::sending;
    return facts.failed ? SyncState::cannot_connect : SyncState::waiting;
}

const char* name(SyncState state) {
    switch (state) {
        case SyncState::all_sent: return "all_sent";
        case SyncState::waiting: return "waiting";
        case SyncState::sending: return "sending";
        case SyncState::cannot_connect: return "cannot_connect";
        case SyncState::needs_you: return "needs_you";
    }
    return "?";
}

std::string sentence(Language language, const SyncFacts& facts) {
    const std::string waiting = std::to_string(facts.waiting);
    const auto last = [&](const char* vi, const char* en) {
        return facts.last_received.empty() ? std::string{} : std::string(pick(language, vi, en)) + facts.last_received;
    };
    switch (sync_state(facts)) {
        case SyncState::all_sent:
            return pick(language, "Đã gửi hết", "Everything is sent") + last(" · tỉnh nhận lúc ", " · the province had it at ");
        case SyncState::waiting:
            return waiting + pick(language, " việc chờ gửi", " waiting to be sent") +
                   last(" · nhận lần cuối ", " · last received ");
        case SyncState::sending: return pick(language, "Đang gửi ", "Sending ") + std::to_string(facts.sent) + "/" + waiting;
        case SyncState::cannot_connect:
            return pick(language, "Không kết nối được tỉnh — dữ liệu vẫn an toàn trên máy; chờ gửi: ",
                        "The province cannot be reached; everything is safe on this desk. Waiting: ") +
                   waiting;
        case SyncState::needs_you:
            return std::to_string(facts.refused) +
                   pick(language, " việc bị treo hoặc không có hiệu lực — cần xem: hoso outbox list",
                        " held or void, and need you: hoso outbox list") +
                   (facts.waiting ? pick(language, " · chờ gửi ", " · waiting ") + waiting : std::string{});
    }
    return {};
}

}  // namespace hoso::client
