#include "client/text/sync_words.hpp"

namespace hoso::client {
namespace {

std::string hour(Instant at) { return to_text(at).substr(11, 5); }

// "09:12 hôm nay", "08:15 hôm qua", "08:15 ngày 18/09/2023".
std::string moment(Language language, Instant at, Instant now) {
    const Date day = local_date(at), today = local_date(now);
    if (day == today) return hour(at) + pick(language, " hôm nay", " today");
    if (day == today - std::chrono::days{1}) return hour(at) + pick(language, " hôm qua", " yesterday");
    const std::string date = to_text(day);
    return hour(at) + pick(language, " ngày ", " on ") + date.substr(8, 2) + "/" + date.substr(5, 2) + "/" + date.substr(0, 4);
}

// "1,1 MB", "640 kB".
std::string size_text(std::uint64_t bytes) {
    if (bytes < 1'000'000) return std::to_string((bytes + 999) / 1'000) + " kB";
    const std::uint64_t tenths = bytes / 100'000;
    return std::to_string(tenths / 10) + "," + std::to_string(tenths % 10) + " MB";
}

// "2 tệp, 1,1 MB": of what the province lacks.
std::string files_text(Language language, const SyncFacts& facts) {
    return std::to_string(facts.files) + pick(language, " tệp, ", facts.files == 1 ? " file, " : " files, ") +
           size_text(facts.file_bytes);
}

// "4 việc chờ gửi (2 tệp, 1,1 MB)": never less than what is missing at the province.
std::string waiting_text(Language language, const SyncFacts& facts) {
    std::string text;
    const std::string files = files_text(language, facts);
    if (facts.waiting > 0 || facts.files == 0)
        text = std::to_string(facts.waiting) + pick(language, " việc chờ gửi", " waiting to be sent");
    if (facts.files > 0) text += text.empty() ? files + pick(language, " chờ gửi", " waiting to be sent") : " (" + files + ")";
    if (facts.files > 0 && facts.day_spent)
        text += pick(language, "; tệp chờ đến ngày mai vì đã hết mức trong ngày",
                     "; files wait for tomorrow: the day's limit is reached");
    else if (facts.files > 0 && facts.files_rest)
        text += pick(language, "; tệp chờ đến giờ đã đặt", "; files wait for the hours that are set");
    return text;
}

std::uint64_t held_up(const SyncFacts& facts) {
    return facts.files_full + facts.files_refused + facts.files_quota + facts.files_later;
}

// What the province said of files that wait, the worst first; nothing where it said nothing.
std::string province_said(Language language, const SyncFacts& facts) {
    std::string text;
    const auto add = [&](std::uint64_t files, const char* vi, const char* en) {
        if (files == 0) return;
        text += (text.empty() ? "" : "; ") + std::to_string(files) + pick(language, " tệp ", files == 1 ? " file " : " files ") +
                pick(language, vi, en);
    };
    add(facts.files_full, "tỉnh chưa nhận vì đĩa của tỉnh đã đầy — hãy báo cho tỉnh",
        "not taken, the disk of the province is full: tell the province");
    add(facts.files_refused, "tỉnh không nhận vì không hồ sơ nào ở tỉnh dẫn tới — hãy hỏi tỉnh",
        "not taken, no document at the province cites it: ask the province");
    add(facts.files_quota, "tỉnh chưa nhận vì máy này đã gửi hết mức trong ngày; ngày mai gửi tiếp",
        "not taken, this desk has sent what the province takes in a day: it goes on tomorrow");
    add(facts.files_later, "tỉnh chưa nhận được, máy sẽ tự gửi lại", "not taken for now: this desk offers it again by itself");
    return text;
}

std::string needs_you(Language language, const SyncFacts& facts) {
    if (!facts.trouble.empty()) return pick(language, "CẦN XỬ LÝ NGAY: ", "ATTENTION: ") + facts.trouble;
    std::string text;
    if (facts.refused > 0)
        text = std::to_string(facts.refused) + pick(language, " việc bị trả lại — cần sửa", " returned, to be corrected");
    if (facts.held > 0) {
        text += (text.empty() ? "" : "; ") + std::to_string(facts.held) +
                pick(language, " việc bị treo — chờ người có thẩm quyền", " held, waiting for somebody in authority");
    }
    if (facts.files_lost > 0) {
        text += (text.empty() ? "" : "; ") + std::to_string(facts.files_lost) +
                pick(language, " tệp không còn trên máy này và tỉnh chưa có — thêm lại bằng hoso evidence add",
                     facts.files_lost == 1
                         ? " file is gone from this desk and not at the province: add it again with hoso evidence add"
                         : " files are gone from this desk and not at the province: add them again with hoso evidence add");
    }
    if (facts.files_full + facts.files_refused > 0) text += (text.empty() ? "" : "; ") + province_said(language, facts);
    if (!facts.files_trouble.empty()) {
        text += text.empty() ? "" : "; ";
        text += pick(language, "không mở được thư mục tệp minh chứng, mọi việc khác vẫn làm được: ",
                     "the folder of evidence files cannot be opened, everything else works: ");
        text += facts.files_trouble;
    }
    if (facts.refused + facts.held > 0) text += ".";
    if (facts.waiting + facts.files > 0) text += " · " + waiting_text(language, facts);
    return text;
}

// A copy that was begun anew and is not here yet: what it lacks is not known to be missing otherwise.
std::string missing(Language language, const SyncFacts& facts) {
    if (facts.here >= facts.known) return {};
    return pick(language, " · dữ liệu của tỉnh chưa về đủ: ", " · what the province logged is not all here: ") +
           std::to_string(facts.here) + "/" + std::to_string(facts.known);
}

}  // namespace

SyncState sync_state(const SyncFacts& facts) {
    const bool somebody_acts = facts.files_full + facts.files_refused > 0 || !facts.files_trouble.empty();
    if (!facts.trouble.empty() || somebody_acts || facts.refused + facts.held + facts.files_lost > 0) return SyncState::needs_you;
    if (facts.waiting + facts.files == 0) return SyncState::all_sent;
    const bool files_rest = facts.files_rest || facts.day_spent || held_up(facts) >= facts.files;
    if (facts.waiting == 0 && files_rest) return SyncState::waiting;
    if (facts.live) return SyncState::sending;
    return facts.failing_since != 0 ? SyncState::cannot_connect : SyncState::waiting;
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
    const std::string waiting = waiting_text(language, facts);
    const std::string words = province_said(language, facts);
    const std::string said = words.empty() ? words : " · " + words;
    const auto last = [&](const char* vi, const char* en) {
        return facts.last_exchange == 0 ? std::string{} : pick(language, vi, en) + moment(language, facts.last_exchange, facts.now);
    };
    switch (sync_state(facts)) {
        case SyncState::all_sent:
            return pick(language, "Đã gửi hết", "Everything is sent") + last(" · tỉnh nhận lúc ", " · the province had it at ") +
                   missing(language, facts);
        case SyncState::waiting: return waiting + said + last(" · gửi lần cuối ", " · last sent at ");
        case SyncState::sending: {
            std::string files = facts.files == 0 ? "" : files_text(language, facts) + pick(language, " chưa gửi", " left");
            if (facts.files > 0 && facts.file_percent > 0)
                files += pick(language, " (tệp đang gửi: ", " (the file under way: ") + std::to_string(facts.file_percent) + "%)";
            if (facts.waiting == 0) return pick(language, "Đang gửi ", "Sending: ") + files + said;
            return pick(language, "Đang gửi ", "Sending ") + std::to_string(facts.sent) + "/" + std::to_string(facts.waiting) +
                   (files.empty() ? "" : " · " + files) + said;
        }
        case SyncState::cannot_connect: {
            const bool today = local_date(facts.failing_since) == local_date(facts.now);
            return pick(language, "Không kết nối được tỉnh từ ", "The province cannot be reached since ") +
                   (today ? hour(facts.failing_since) : moment(language, facts.failing_since, facts.now)) +
                   pick(language, " — dữ liệu vẫn an toàn trên máy. ", "; everything is safe on this desk. ") + waiting;
        }
        case SyncState::needs_you: return needs_you(language, facts);
    }
    return {};
}

}  // namespace hoso::client
