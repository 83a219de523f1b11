<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>CameraHealth</name>
    <message>
        <source>A patrol looks at those that nobody has on the wall.</source>
        <translation>未上墙的摄像机由后台逐台巡检。</translation>
    </message>
    <message>
        <source>As CSV or XLSX, by the file's ending. Who, when and why stand in the table, and in the audit trail.</source>
        <translation>按文件后缀导出 CSV 或 XLSX。导出人、时间和用途写入表中，并记入审计。</translation>
    </message>
    <message>
        <source>Being counted …</source>
        <translation>正在统计…</translation>
    </message>
    <message>
        <source>Being read…</source>
        <translation>正在读取…</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>摄像机</translation>
    </message>
    <message>
        <source>Cameras are added on the wall with N, or as a list with Ctrl+I.</source>
        <translation>请在视频墙按 N 添加摄像机，或按 Ctrl+I 导入清单。</translation>
    </message>
    <message>
        <source>Cameras that fail</source>
        <translation>不达标摄像机</translation>
    </message>
    <message>
        <source>Cameras that fail, now</source>
        <translation>当前不达标摄像机</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Each is to be {n} % at least.</source>
        <translation>各项须不低于 {n} %。</translation>
    </message>
    <message>
        <source>End outage</source>
        <translation>恢复检查</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Export camera health</source>
        <translation>导出体检结果</translation>
    </message>
    <message>
        <source>Exported by {who} at {time} for: {why}</source>
        <translation>由 {who} 于 {time} 导出，用途：{why}</translation>
    </message>
    <message>
        <source>Exported to {path}.</source>
        <translation>已导出到 {path}。</translation>
    </message>
    <message>
        <source>Fails</source>
        <translation>不达标项</translation>
    </message>
    <message>
        <source>Figures of the last 30 days</source>
        <translation>近 30 天四率</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>For</source>
        <translation>已持续</translation>
    </message>
    <message>
        <source>Last 30 days</source>
        <translation>近 30 天</translation>
    </message>
    <message>
        <source>Last looked at {age} ago {by}.</source>
        <translation>最近查看：{age}前，{by}。</translation>
    </message>
    <message>
        <source>Look now</source>
        <translation>立即巡检</translation>
    </message>
    <message>
        <source>No camera fails</source>
        <translation>没有不达标的摄像机</translation>
    </message>
    <message>
        <source>No camera yet</source>
        <translation>还没有摄像机</translation>
    </message>
    <message>
        <source>Off by plan until {until}, says {by}.</source>
        <translation>计划停用至 {until}，由 {by} 登记。</translation>
    </message>
    <message>
        <source>On the map</source>
        <translation>看地图</translation>
    </message>
    <message>
        <source>On the wall</source>
        <translation>上墙</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>停用</translation>
    </message>
    <message>
        <source>Plan an outage of {camera}?</source>
        <translation>计划停用 {camera}？</translation>
    </message>
    <message>
        <source>Plan outage</source>
        <translation>计划停用</translation>
    </message>
    <message>
        <source>Position right</source>
        <translation>点位无误</translation>
    </message>
    <message>
        <source>Position wrong</source>
        <translation>点位有误</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>理由</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>起始</translation>
    </message>
    <message>
        <source>The chart is being brought…</source>
        <translation>正在载入图表…</translation>
    </message>
    <message>
        <source>The patrol looks at {camera} next.</source>
        <translation>接下来巡检 {camera}。</translation>
    </message>
    <message>
        <source>The patrol looks at {camera} …</source>
        <translation>正在巡检 {camera}…</translation>
    </message>
    <message>
        <source>There is nothing to judge yet</source>
        <translation>还没有可检查的摄像机</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今日</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>停用至</translation>
    </message>
    <message>
        <source>Until then it counts neither as online nor as failing, no patrol looks at it and no alarm is raised. It ends by itself.</source>
        <translation>停用期间不计入在线和完好，不巡检，也不报警；到时自动恢复。</translation>
    </message>
    <message>
        <source>What</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>What for</source>
        <translation>用途</translation>
    </message>
    <message>
        <source>What is wrong</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>arrows choose a usual one, or write your own</source>
        <translation>方向键选常用理由，也可直接填写</translation>
    </message>
    <message>
        <source>bar reached</source>
        <translation>达标</translation>
    </message>
    <message>
        <source>below the bar</source>
        <translation>未达标</translation>
    </message>
    <message>
        <source>by the patrol</source>
        <translation>后台巡检</translation>
    </message>
    <message>
        <source>camera is being moved</source>
        <translation>摄像机迁移</translation>
    </message>
    <message>
        <source>camera under repair</source>
        <translation>摄像机维修</translation>
    </message>
    <message>
        <source>entry</source>
        <translation>注册</translation>
    </message>
    <message>
        <source>no data yet</source>
        <translation>暂无数据</translation>
    </message>
    <message>
        <source>off by plan</source>
        <translation>计划停用</translation>
    </message>
    <message>
        <source>offline</source>
        <translation>离线</translation>
    </message>
    <message>
        <source>on the wall</source>
        <translation>视频墙</translation>
    </message>
    <message>
        <source>picture</source>
        <translation>图像</translation>
    </message>
    <message>
        <source>position</source>
        <translation>点位</translation>
    </message>
    <message>
        <source>power cut that was announced</source>
        <translation>计划停电</translation>
    </message>
    <message>
        <source>works on the mast or the line</source>
        <translation>立杆或线路施工</translation>
    </message>
    <message>
        <source>{camera} is looked at again.</source>
        <translation>{camera} 已恢复检查。</translation>
    </message>
    <message>
        <source>{camera} is off by plan.</source>
        <translation>{camera} 已计划停用。</translation>
    </message>
    <message>
        <source>{camera}: position checked, right.</source>
        <translation>{camera} 点位已核对：无误。</translation>
    </message>
    <message>
        <source>{camera}: position checked, wrong.</source>
        <translation>{camera} 点位已核对：有误。</translation>
    </message>
    <message>
        <source>{good} of {known}</source>
        <translation>{known} 台中 {good} 台合格</translation>
    </message>
    <message>
        <source>{n} cameras</source>
        <translation>{n} 台</translation>
    </message>
    <message>
        <source>{n} d</source>
        <translation>{n} 天</translation>
    </message>
    <message>
        <source>{n} h</source>
        <translation>{n} 小时</translation>
    </message>
    <message>
        <source>{n} not known today</source>
        <translation>今日 {n} 台未查</translation>
    </message>
    <message>
        <source>{n} off by plan</source>
        <translation>{n} 台计划停用</translation>
    </message>
    <message>
        <source>Share of cameras · dashed: the city's bar, {n} % · ■ below it</source>
        <translation>占比 · 虚线为市局标准 {n} % · ■ 未达标</translation>
    </message>
</context>
</TS>
