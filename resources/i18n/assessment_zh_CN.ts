<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Console</name>
    <message>
        <source>Figures</source>
        <translation>考核</translation>
    </message>
</context>
<context>
    <name>Figures</name>
    <message>
        <source>, {wanted} wanted</source>
        <translation>，要求 {wanted}</translation>
    </message>
    <message>
        <source>90th percentile</source>
        <translation>90 分位</translation>
    </message>
    <message>
        <source>90th percentile (s)</source>
        <translation>90 分位（秒）</translation>
    </message>
    <message>
        <source>99th percentile</source>
        <translation>99 分位</translation>
    </message>
    <message>
        <source>99th percentile (s)</source>
        <translation>99 分位（秒）</translation>
    </message>
    <message>
        <source>Area</source>
        <translation>巡区</translation>
    </message>
    <message>
        <source>As CSV or XLSX, by the file's ending. Who, when and why stand in the table, and in the audit trail.</source>
        <translation>按文件后缀导出为 CSV 或 XLSX。导出人、时间和用途写入表中，并记入审计。</translation>
    </message>
    <message>
        <source>Being read…</source>
        <translation>正在读取…</translation>
    </message>
    <message>
        <source>By area</source>
        <translation>按巡区</translation>
    </message>
    <message>
        <source>By hour</source>
        <translation>按时段</translation>
    </message>
    <message>
        <source>Call</source>
        <translation>警情</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>警情</translation>
    </message>
    <message>
        <source>Calls (number)</source>
        <translation>警情数（起）</translation>
    </message>
    <message>
        <source>Calls that stand out</source>
        <translation>超时与异常警情</translation>
    </message>
    <message>
        <source>Chart</source>
        <translation>分布图</translation>
    </message>
    <message>
        <source>Day after</source>
        <translation>后一日</translation>
    </message>
    <message>
        <source>Day before</source>
        <translation>前一日</translation>
    </message>
    <message>
        <source>Each is within the target, and each has its time.</source>
        <translation>全部达标，时间齐全。</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Export the figures</source>
        <translation>导出统计表</translation>
    </message>
    <message>
        <source>Exported by {who} at {time} for: {why}</source>
        <translation>{who} 于 {time} 导出，用途：{why}</translation>
    </message>
    <message>
        <source>Feedback</source>
        <translation>反馈</translation>
    </message>
    <message>
        <source>Figures</source>
        <translation>考核</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Hour of receipt</source>
        <translation>接警时段</translation>
    </message>
    <message>
        <source>Median</source>
        <translation>中位数</translation>
    </message>
    <message>
        <source>Median (s)</source>
        <translation>中位数（秒）</translation>
    </message>
    <message>
        <source>No area</source>
        <translation>未划巡区</translation>
    </message>
    <message>
        <source>No call stands out</source>
        <translation>没有超时或异常警情</translation>
    </message>
    <message>
        <source>No call was received on this day</source>
        <translation>当日未接警</translation>
    </message>
    <message>
        <source>Not yet</source>
        <translation>未完成</translation>
    </message>
    <message>
        <source>Patrol area</source>
        <translation>巡区</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>接警时间</translation>
    </message>
    <message>
        <source>Sign</source>
        <translation>签收</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>明细表</translation>
    </message>
    <message>
        <source>Table by area</source>
        <translation>分巡区明细</translation>
    </message>
    <message>
        <source>Table by hour</source>
        <translation>分时段明细</translation>
    </message>
    <message>
        <source>The chart is being brought…</source>
        <translation>正在准备图表…</translation>
    </message>
    <message>
        <source>The figures come from this post's own store.</source>
        <translation>数据来自本站数据库。</translation>
    </message>
    <message>
        <source>The figures stand in {path}.</source>
        <translation>统计表已保存到 {path}。</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今日</translation>
    </message>
    <message>
        <source>Took</source>
        <translation>用时</translation>
    </message>
    <message>
        <source>Turn-out</source>
        <translation>出警</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>不详</translation>
    </message>
    <message>
        <source>Valid calls</source>
        <translation>有效警情</translation>
    </message>
    <message>
        <source>What for</source>
        <translation>用途</translation>
    </message>
    <message>
        <source>Whole day</source>
        <translation>全日</translation>
    </message>
    <message>
        <source>Within the target</source>
        <translation>达标率</translation>
    </message>
    <message>
        <source>Within the target ({target})</source>
        <translation>达标率（{target}）</translation>
    </message>
    <message>
        <source>Within {target}</source>
        <translation>{target} 内</translation>
    </message>
    <message>
        <source>Without a time</source>
        <translation>无用时</translation>
    </message>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>from the receipt to the arrival</source>
        <translation>自接警至到场</translation>
    </message>
    <message>
        <source>from the receipt to the departure</source>
        <translation>自接警至出警</translation>
    </message>
    <message>
        <source>from the receipt to the first feedback</source>
        <translation>自接警至首次反馈</translation>
    </message>
    <message>
        <source>from the receipt to the signature</source>
        <translation>自接警至签收</translation>
    </message>
    <message>
        <source>h</source>
        <translation>小时</translation>
    </message>
    <message>
        <source>min</source>
        <translation>分钟</translation>
    </message>
    <message>
        <source>no data</source>
        <translation>无数据</translation>
    </message>
    <message>
        <source>not yet</source>
        <translation>尚未完成</translation>
    </message>
    <message>
        <source>of {n} calls</source>
        <translation>共 {n} 起</translation>
    </message>
    <message>
        <source>s</source>
        <translation>秒</translation>
    </message>
    <message>
        <source>to the arrival {time} (n={n})</source>
        <translation>至到场 {time}（{n} 起）</translation>
    </message>
    <message>
        <source>to the departure {time} (n={n})</source>
        <translation>至出警 {time}（{n} 起）</translation>
    </message>
    <message>
        <source>today</source>
        <translation>今日</translation>
    </message>
    <message>
        <source>unknown: never told</source>
        <translation>不详：未登记时间</translation>
    </message>
    <message>
        <source>unknown: the clock was set back</source>
        <translation>不详：时钟曾回拨</translation>
    </message>
    <message>
        <source>yesterday</source>
        <translation>昨日</translation>
    </message>
    <message>
        <source>{day} ({told})</source>
        <translation>{day}（{told}）</translation>
    </message>
    <message>
        <source>{n} more are not listed</source>
        <translation>另有 {n} 起未列出</translation>
    </message>
    <message>
        <source>{n} s</source>
        <translation>{n} 秒</translation>
    </message>
    <message>
        <source>{part} of {n}</source>
        <translation>{part}/{n} 起</translation>
    </message>
    <message>
        <source>{received} received, {open} still open</source>
        <translation>共接警 {received} 起，未结 {open} 起</translation>
    </message>
    <message>
        <source>{waiting} not yet, {unknown} unknown</source>
        <translation>未完成 {waiting}，不详 {unknown}</translation>
    </message>
</context>
</TS>
